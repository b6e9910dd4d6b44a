const DECIMAL = /^\d+(\.\d+)?$/;

/**
 * An amount for reading, in the page's own way of writing numbers. It stays a string all the way:
 * `Intl` reads decimal strings exactly. Empty for what is not an amount.
 */
export function moneyText(amount: string, currency: string, lang: string): string {
  if (!DECIMAL.test(amount)) return '';
  const style = { style: 'currency', currency } as const;
  try {
    return new Intl.NumberFormat(lang, style).format(amount as `${number}`);
  } catch {
    // A `lang` or a currency that Intl does not know must not hide the amount.
    return `${amount} ${currency}`;
  }
}
