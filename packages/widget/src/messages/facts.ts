import type { Language } from '../language.js';

/** The names of the facts that the payer compares on two screens. */
interface FactMessages {
  amount: string;
  payee: string;
  account: string;
  reference: string;
  compare: string;
}

export const factMessages: Record<Language, FactMessages> = {
  en: {
    compare: 'Approve only if your phone shows the same.',
    amount: 'Amount',
    payee: 'Payee',
    account: 'From account',
    reference: 'Reference',
  },
  fr: {
    compare: 'Ne validez que si votre téléphone affiche la même chose.',
    amount: 'Montant',
    payee: 'Bénéficiaire',
    account: 'Compte débité',
    reference: 'Référence',
  },
};
