import type { Page } from './many/choices.js';
import type { ManyViews } from './views/page-context.js';

/** The part of the page for many invoices, in the language of the page. */
export async function loadMany(page: Page): Promise<ManyViews> {
  // Side by side: none waits for another.
  const [{ ManyPart }, { words }] = await Promise.all([
    import('./many/many-part.js'),
    page.language === 'fr' ? import('./many/many.fr.js') : import('./many/many.en.js'),
    import('@qonto-pay/widget/views/item-table'),
  ]);
  return new ManyPart(page, words);
}
