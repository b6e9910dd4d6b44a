import type { Page } from './many/choices.js';
import type { ManyViews } from './views/page-context.js';
import { recall, remember } from './window-memory.js';

const RETRIED = 'qonto-pay-part-retried';

/**
 * The part of the page for many invoices. Where it does not come (a new version was rolled out under
 * an open page) the page is loaded once more: browsers remember a failed import.
 */
export async function loadMany(page: Page): Promise<ManyViews> {
  try {
    // Side by side: the one does not wait for the other.
    const table = import('@qonto-pay/widget/views/item-table');
    const [{ ManyPart }, { words }] = await Promise.all([
      import('./many/many-part.js'),
      page.language === 'fr' ? import('./many/many.fr.js') : import('./many/many.en.js'),
      table,
    ]);
    return new ManyPart(page, words);
  } catch (error) {
    if (recall(RETRIED)) throw error;
    remember(RETRIED, 'yes');
    location.reload();
    return new Promise(() => {});
  }
}
