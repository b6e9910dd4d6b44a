import type { PaymentReason } from '@qonto-pay/shared';
import type { Language } from '../language.js';

/** Why a payment was declined or failed, and what helps. In each of these nothing was paid. */
export interface ReasonWords {
  /** In place of the status's own heading. */
  heading?: string;
  sentence: string;
  next: string;
}

/** Their words come with the part of the page that they concern. */
export type LaterReason =
  | 'bulk-not-allowed'
  | 'document-missing'
  | 'request-declined'
  | 'request-canceled';

const en: Record<Exclude<PaymentReason, LaterReason>, ReasonWords> = {
  'insufficient-funds': {
    sentence: 'There is not enough money on the account. Nothing was paid.',
    next: 'Top up the account or choose another one, then pay again.',
  },
  'needs-approver': {
    heading: 'A colleague must approve',
    sentence: 'Your company’s rules ask for somebody else’s approval. Nothing was paid.',
    next: 'Ask an owner or admin of your company to pay this invoice.',
  },
  'approver-missing': {
    heading: 'A colleague must approve',
    sentence: 'Your company’s rules ask for an approver, but none is named. Nothing was paid.',
    next: 'Ask an owner or admin to name an approver in Qonto’s settings.',
  },
  'account-not-found': {
    sentence: 'The account is no longer available. Nothing was paid.',
    next: 'Choose another account, then pay again.',
  },
  'not-allowed': {
    sentence: 'Your role in Qonto does not allow this payment. Nothing was paid.',
    next: 'Ask an owner or admin of your company to pay this invoice.',
  },
  'payee-account-invalid': {
    sentence: 'The bank does not accept the payee’s bank details. Nothing was paid.',
    next: 'Ask the supplier for their bank details again.',
  },
  'payee-not-usable': {
    sentence: 'Your Qonto account does not allow payments to this payee. Nothing was paid.',
    next: 'Look the payee up among your beneficiaries in Qonto, then pay again.',
  },
  'payee-not-reachable': {
    sentence: 'The payee’s bank cannot receive this kind of payment. Nothing was paid.',
    next: 'Ask the supplier for another account.',
  },
  compliance: {
    sentence: 'Qonto cannot make this payment for your company at the moment. Nothing was paid.',
    next: 'Contact Qonto’s support: they can tell you why.',
  },
  'bank-processing-failed': {
    sentence: 'Qonto could not process the payment. Nothing was paid.',
    next: 'Try again in a few minutes.',
  },
  'bank-refused': {
    sentence: 'The bank gave no reason that we know. Nothing was paid.',
    next: 'Try again later, or contact Qonto’s support.',
  },
  'payee-check-expired': {
    sentence: 'The check of the payee was too old, so nothing was sent to the bank.',
    next: 'Pay again: the payee is then checked anew.',
  },
  'payee-became-trusted': {
    sentence:
      'This payee has just become a trusted one in Qonto, so no phone would have asked you. Nothing was sent.',
    next: 'Pay again: you sign in first, to confirm that it is you.',
  },
  'signed-out': {
    sentence: 'Your sign-in at Qonto had ended, so nothing was sent to the bank.',
    next: 'Sign in and pay again.',
  },
  'consent-needed': {
    sentence: 'Qonto needs another permission for this payment. Nothing was sent.',
    next: 'Pay again: Qonto then asks you for it.',
  },
  'too-late-to-send': {
    sentence: 'The payment could not be sent in time, so it was not sent at all.',
    next: 'It is safe to pay again.',
  },
  'not-at-the-bank': {
    sentence: 'We looked at the bank, and the payment never arrived there. Nothing was paid.',
    next: 'It is safe to pay again.',
  },
};

/** Before `?` and `:` stands a no-break space (U+00A0), as French typography asks. */
const fr: Record<Exclude<PaymentReason, LaterReason>, ReasonWords> = {
  'insufficient-funds': {
    sentence: 'Le solde du compte est insuffisant. Rien n’a été payé.',
    next: 'Approvisionnez le compte ou choisissez-en un autre, puis payez à nouveau.',
  },
  'needs-approver': {
    heading: 'Validation d’un collègue requise',
    sentence:
      'Les règles de votre entreprise demandent la validation d’une autre personne. Rien n’a été payé.',
    next: 'Demandez à un propriétaire ou admin de votre entreprise de payer cette facture.',
  },
  'approver-missing': {
    heading: 'Validation d’un collègue requise',
    sentence:
      'Les règles de votre entreprise demandent un valideur, mais aucun n’est désigné. Rien n’a été payé.',
    next: 'Demandez à un propriétaire ou admin de désigner un valideur dans Qonto.',
  },
  'account-not-found': {
    sentence: 'Le compte n’est plus disponible. Rien n’a été payé.',
    next: 'Choisissez un autre compte, puis payez à nouveau.',
  },
  'not-allowed': {
    sentence: 'Votre rôle dans Qonto ne permet pas ce paiement. Rien n’a été payé.',
    next: 'Demandez à un propriétaire ou admin de votre entreprise de payer cette facture.',
  },
  'payee-account-invalid': {
    sentence: 'La banque n’accepte pas les coordonnées du bénéficiaire. Rien n’a été payé.',
    next: 'Redemandez ses coordonnées bancaires au fournisseur.',
  },
  'payee-not-usable': {
    sentence: 'Votre compte Qonto ne permet pas de payer ce bénéficiaire. Rien n’a été payé.',
    next: 'Vérifiez ce bénéficiaire dans Qonto, puis payez à nouveau.',
  },
  'payee-not-reachable': {
    sentence: 'La banque du bénéficiaire ne peut pas recevoir ce paiement. Rien n’a été payé.',
    next: 'Demandez un autre compte au fournisseur.',
  },
  compliance: {
    sentence:
      'Qonto ne peut pas exécuter ce paiement pour votre entreprise pour le moment. Rien n’a été payé.',
    next: 'Contactez l’assistance de Qonto, qui pourra vous en donner la raison.',
  },
  'bank-processing-failed': {
    sentence: 'Qonto n’a pas pu traiter le paiement. Rien n’a été payé.',
    next: 'Réessayez dans quelques minutes.',
  },
  'bank-refused': {
    sentence: 'La banque n’a pas donné de motif connu. Rien n’a été payé.',
    next: 'Réessayez plus tard ou contactez l’assistance de Qonto.',
  },
  'payee-check-expired': {
    sentence:
      'La vérification du bénéficiaire était trop ancienne : rien n’a été transmis à la banque.',
    next: 'Payez à nouveau : le bénéficiaire sera vérifié une nouvelle fois.',
  },
  'payee-became-trusted': {
    sentence:
      'Ce bénéficiaire vient d’être marqué de confiance dans Qonto : votre téléphone n’aurait rien demandé. Rien n’a été transmis.',
    next: 'Payez à nouveau : vous vous connecterez d’abord, pour confirmer que c’est bien vous.',
  },
  'signed-out': {
    sentence: 'Votre connexion à Qonto avait pris fin : rien n’a été transmis à la banque.',
    next: 'Connectez-vous et payez à nouveau.',
  },
  'consent-needed': {
    sentence: 'Qonto demande une autorisation de plus pour ce paiement. Rien n’a été transmis.',
    next: 'Payez à nouveau : Qonto vous la demandera.',
  },
  'too-late-to-send': {
    sentence: 'Le paiement n’a pas pu être transmis à temps : il ne l’a pas été du tout.',
    next: 'Vous pouvez payer à nouveau sans risque.',
  },
  'not-at-the-bank': {
    sentence: 'Nous avons vérifié : le paiement n’est jamais parvenu à la banque.',
    next: 'Vous pouvez payer à nouveau sans risque.',
  },
};

export function reasonWords(reason: PaymentReason, language: Language): ReasonWords {
  const words: Partial<Record<string, ReasonWords>> = language === 'fr' ? fr : en;
  // A BFF that is newer than this page may know one more.
  return words[reason] ?? (language === 'fr' ? fr : en)['bank-refused'];
}
