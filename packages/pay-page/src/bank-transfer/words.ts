import type { BankTransfers } from '@qonto-pay/shared';
import type { Language } from '../language.js';

/** What is copied, each by a button of its own. */
export type Field = 'name' | 'iban' | 'amount' | 'reference';

interface Words {
  /** By the kind of the intent: for the payer, or for who collects. */
  once: Record<BankTransfers['kind'], string>;
  scan: string;
  tooLong: string;
  code: (amount: string, name: string) => string;
  row: string;
  copy: string;
  /** Begins with the button's own word, for those who speak to their computer. */
  copyField: Record<Field, string>;
  copied: string;
  fieldCopied: Record<Field, string>;
  notCopied: string;
  notNow: string;
  retry: string;
}

const en: Words = {
  once: {
    transfer:
      'Pay once only: here with Qonto, or by transfer from your bank. This page does not learn of such a transfer and goes on asking.',
    link: 'Your client pays once only: by the link, or by transfer from their bank. We do not learn of such a transfer: you see it on your account.',
  },
  scan: 'Scan the code with a banking app, or copy what stands below it.',
  tooLong: 'The payee’s name is too long for a QR code. Please copy what stands here.',
  code: (amount, name) => `QR code of a bank transfer of ${amount} to ${name}`,
  row: 'Invoice',
  copy: 'Copy',
  copyField: {
    name: 'Copy the payee',
    iban: 'Copy the IBAN',
    amount: 'Copy the amount',
    reference: 'Copy the reference',
  },
  copied: 'Copied',
  fieldCopied: {
    name: 'Copied the payee.',
    iban: 'Copied the IBAN.',
    amount: 'Copied the amount.',
    reference: 'Copied the reference.',
  },
  notCopied: 'Your browser did not allow copying. Please select the text and copy it.',
  notNow: 'This cannot be paid by bank transfer at the moment.',
  retry: 'Try again',
};

/** Before `:` stands a no-break space (U+00A0), as French typography asks. */
const fr: Words = {
  once: {
    transfer:
      'Payez une seule fois\u00a0: ici avec Qonto, ou par virement depuis votre banque. Cette page n’est pas informée d’un tel virement et continue de demander le paiement.',
    link: 'Votre client paie une seule fois\u00a0: par le lien, ou par virement depuis sa banque. Nous ne sommes pas informés d’un tel virement\u00a0: vous le voyez sur votre compte.',
  },
  scan: 'Scannez le code avec une application bancaire, ou copiez ce qui figure dessous.',
  tooLong: 'Le nom du bénéficiaire est trop long pour un QR code. Copiez ce qui figure ici.',
  code: (amount, name) => `QR code d’un virement de ${amount} à ${name}`,
  row: 'Facture',
  copy: 'Copier',
  copyField: {
    name: 'Copier le bénéficiaire',
    iban: 'Copier l’IBAN',
    amount: 'Copier le montant',
    reference: 'Copier la référence',
  },
  copied: 'Copié',
  fieldCopied: {
    name: 'Copié\u00a0: le bénéficiaire.',
    iban: 'Copié\u00a0: l’IBAN.',
    amount: 'Copié\u00a0: le montant.',
    reference: 'Copié\u00a0: la référence.',
  },
  notCopied: 'Votre navigateur n’a pas permis la copie. Sélectionnez le texte et copiez-le.',
  notNow: 'Le paiement par virement n’est pas possible pour le moment.',
  retry: 'Réessayer',
};

export const bankTransferWords: Record<Language, Words> = { en, fr };
