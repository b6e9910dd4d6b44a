/** A day for reading, where there is one and the language can write it. */
export function dayText(time: string | null | undefined, lang: string): string {
  if (!time) return '';
  try {
    // As the pay page writes it: without a country English is that of Europe here.
    return new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, { dateStyle: 'long' }).format(
      new Date(time),
    );
  } catch {
    // A `lang` that Intl does not know must not hide the link.
    return time.slice(0, 10);
  }
}
