/** Registers a view once: the page may hold our views twice, and the first definition stays. */
export function register(name: string, view: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, view);
}
