/**
 * An amount for reading, in the page's own way of writing numbers. It stays a string all the way:
 * `Intl` reads decimal strings exactly. Empty for what is not an amount.
 */
export function moneyText(amount: string, currency: string, lang: string): string {
  if (!/^\d+(\.\d+)?$/.test(amount)) return '';
  try {
    const format = new Intl.NumberFormat(lang, { style: 'currency', currency });
    return format.format(amount as `${number}`);
  } catch {
    // A `lang` or a currency that Intl does not know must not hide the amount.
    return `${amount} ${currency}`;
  }
}
