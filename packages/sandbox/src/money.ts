/** What one order may move at most, in cents. Far below the limit of safe integers. */
const MAX_AMOUNT_CENTS = 99_999_999_999;
const AMOUNT = /^(\d{1,12})(?:\.(\d{1,2}))?$/;

/** Cents of a decimal string such as "12.3", or undefined when it is no amount (facts 4.4). */
export function centsOf(amount: string): number | undefined {
  const match = AMOUNT.exec(amount);
  if (!match) return undefined;
  const cents = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  return cents > MAX_AMOUNT_CENTS ? undefined : cents;
}

/** "1234.50" for 123450 cents. */
export function decimalOf(cents: number): string {
  const sign = cents < 0 ? '-' : '';
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The JSON number that Qonto's SEPA objects carry beside the cents (facts 5.5). Never computed with. */
export function wireNumberOf(cents: number): number {
  return Number(decimalOf(cents));
}

/** "1,234.50", as a person reads it. */
export function groupedDecimalOf(cents: number): string {
  const [whole = '0', fraction = '00'] = decimalOf(cents).split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction}`;
}

/** "1,234.50 EUR". */
export function moneyText(cents: number): string {
  return `${groupedDecimalOf(cents)} EUR`;
}
