import type { Page } from './many/choices.js';
import type { Later } from './pay-state.js';
import type { LaterViews } from './views/page-context.js';

/** A part of the page, in the language of the page. Side by side: none of its files waits for another. */
export async function loadLater(part: Later, page: Page): Promise<LaterViews> {
  const isFrench = page.language === 'fr';
  if (part === 'collect') {
    const [{ CollectPart }, { words }] = await Promise.all([
      import('./collect/collect-part.js'),
      isFrench ? import('./collect/collect.fr.js') : import('./collect/collect.en.js'),
    ]);
    return new CollectPart(page, words);
  }
  const [{ ManyPart }, { words }] = await Promise.all([
    import('./many/many-part.js'),
    isFrench ? import('./many/many.fr.js') : import('./many/many.en.js'),
    import('@qonto-pay/widget/views/item-table'),
  ]);
  return new ManyPart(page, words);
}
