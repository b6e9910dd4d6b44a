interface TableEvents {
  'qpay-select': { selected: number[] };
  'qpay-accept': { index: number; isAccepted: boolean };
  'qpay-attach': { index: number; file: File };
  'qpay-withdraw': { index: number };
}
/** What the payer does in the table; who shows it answers by other properties. */
export type TableEvent<Name extends keyof TableEvents> = CustomEvent<TableEvents[Name]>;

/** Bubbles, composed. */
export function tell<Name extends keyof TableEvents>(
  table: HTMLElement,
  name: Name,
  detail: TableEvents[Name],
): void {
  table.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
}
