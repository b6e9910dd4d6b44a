import type { PayeeCheckResult } from '@qonto-pay/shared';
import type { Language } from '../language.js';

/** A check in progress has no opinion yet; the four results never share their words. */
interface PayeeCheckMessages {
  results: Record<PayeeCheckResult, { heading: string; sentence: string }>;
  bankSays: (name: string) => string;
}

export const payeeCheckMessages: Record<Language, PayeeCheckMessages> = {
  en: {
    results: {
      pending: { heading: 'Checking the name', sentence: 'We are asking the payee’s bank.' },
      match: {
        heading: 'Name matches',
        sentence: 'The payee’s bank confirms that the account belongs to this name.',
      },
      close_match: {
        heading: 'Name almost matches',
        sentence: 'Is this who you want to pay?',
      },
      no_match: {
        heading: 'Name does not match',
        sentence:
          'The bank says this account belongs to someone else. Check the invoice, or call the supplier on a number you know.',
      },
      not_possible: {
        heading: 'Name could not be checked',
        sentence: 'The bank could not check the name. This is not a bad sign by itself.',
      },
    },
    bankSays: (name) => `The bank says: ${name}.`,
  },
  fr: {
    results: {
      pending: {
        heading: 'Vérification du nom',
        sentence: 'Nous interrogeons la banque du bénéficiaire.',
      },
      match: {
        heading: 'Le nom correspond',
        sentence: 'La banque du bénéficiaire confirme que le compte est à ce nom.',
      },
      close_match: {
        heading: 'Le nom correspond presque',
        sentence: 'Est-ce bien la personne que vous voulez payer\u00a0?',
      },
      no_match: {
        heading: 'Le nom ne correspond pas',
        sentence:
          'Selon la banque, ce compte appartient à quelqu’un d’autre. Vérifiez la facture ou appelez le fournisseur à un numéro que vous connaissez.',
      },
      not_possible: {
        heading: 'Le nom n’a pas pu être vérifié',
        sentence: 'La banque n’a pas pu vérifier le nom. Ce n’est pas en soi un mauvais signe.',
      },
    },
    bankSays: (name) => `La banque indique\u00a0: ${name}.`,
  },
};
