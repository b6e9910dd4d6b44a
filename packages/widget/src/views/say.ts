/** What the `role="status"` of whoever shows the view should say. */
export type SayEvent = CustomEvent<{ text: string }>;

/** Bubbles, composed: a view has no `role="status"` of its own. */
export function say(
  view: HTMLElement,
  name: 'qpay-help' | 'qpay-time-mark' | 'qpay-progress' | 'qpay-row',
  text: string,
): void {
  const event: SayEvent = new CustomEvent(name, {
    bubbles: true,
    composed: true,
    detail: { text },
  });
  view.dispatchEvent(event);
}
