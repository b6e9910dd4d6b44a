import type { Language } from '../language.js';
import type { Group } from './row-groups.js';

/** Texts that only a payment of several invoices needs. */
interface BulkMessages {
  progress: (done: number, count: number) => string;
  counts: Record<Exclude<Group, 'paid'>, (count: number) => string>;
  /** `rows` is a list of numbers: the verb follows the count. */
  rows: Record<'failed' | 'checked' | 'scheduled', (rows: string, count: number) => string>;
  and: string;
  more: (count: number) => string;
  seeWhy: string;
  retryFailed: (count: number) => string;
}

const isAre = (count: number): string => (count > 1 ? 'are' : 'is');
const s = (count: number): string => (count > 1 ? 's' : '');
const lignes = (rows: string, count: number): string =>
  count > 1 ? `Les lignes ${rows} ` : `La ligne ${rows} `;

export const bulkMessages: Record<Language, BulkMessages> = {
  en: {
    progress: (done, count) => `${done} of ${count} paid`,
    counts: {
      failed: (count) => `${count} not paid`,
      checked: (count) => `${count} being checked`,
      scheduled: (count) => `${count} scheduled`,
      waiting: (count) => `${count} in progress`,
      open: (count) => `${count} to pay`,
    },
    rows: {
      failed: (rows, count) => `Row${s(count)} ${rows} ${count > 1 ? 'were' : 'was'} not paid.`,
      checked: (rows, count) =>
        `Row${s(count)} ${rows} ${isAre(count)} being checked. Do not pay again.`,
      scheduled: (rows, count) => `Row${s(count)} ${rows} ${isAre(count)} scheduled.`,
    },
    and: ' and ',
    more: (count) => `${count} more`,
    seeWhy: 'See why',
    retryFailed: (count) => `Retry the ${count > 1 ? count : 'one'} that failed`,
  },
  fr: {
    progress: (done, count) => `${done} sur ${count} payée${s(done)}`,
    counts: {
      failed: (count) => `${count} non payée${s(count)}`,
      checked: (count) => `${count} en vérification`,
      scheduled: (count) => `${count} programmée${s(count)}`,
      waiting: (count) => `${count} en cours`,
      open: (count) => `${count} à payer`,
    },
    rows: {
      failed: (rows, count) =>
        `${lignes(rows, count)}${count > 1 ? 'n’ont pas été payées' : 'n’a pas été payée'}.`,
      checked: (rows, count) =>
        `${lignes(rows, count)}${count > 1 ? 'sont' : 'est'} en vérification. Ne payez pas une deuxième fois.`,
      scheduled: (rows, count) =>
        `${lignes(rows, count)}${count > 1 ? 'sont programmées' : 'est programmée'}.`,
    },
    and: ' et ',
    more: (count) => `${count} autre${s(count)}`,
    seeWhy: 'Voir pourquoi',
    retryFailed: (count) =>
      count > 1 ? `Réessayer les ${count} non payées` : 'Réessayer la ligne',
  },
};
