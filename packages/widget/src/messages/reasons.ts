import { languageOf, nearestLang } from '../language.js';
import type { ResultText } from './view-messages.js';

/** In place of the status's own words; the heading stays unless it is given. */
export type ReasonText = Partial<ResultText>;

const reasonsEn: Record<string, ReasonText> = {
  'insufficient-funds': {
    sentence: 'There is not enough money on the account. Nothing was paid.',
    next: 'Top up the account or choose another one, then pay again.',
  },
  'beneficiary-bic-invalid': {
    sentence: 'The payee’s bank could not be found. Nothing was paid.',
    next: 'Ask the supplier for their bank details again.',
  },
  'beneficiary-iban-invalid': {
    sentence: 'The bank does not accept the payee’s IBAN. Nothing was paid.',
    next: 'Ask the supplier for their bank details again.',
  },
  'beneficiary-status': {
    sentence: 'Your Qonto account does not allow payments to this payee. Nothing was paid.',
    next: 'Look the payee up among your beneficiaries in Qonto, then pay again.',
  },
  'beneficiary-network-rules-error': {
    sentence: 'The payee’s bank cannot receive this kind of payment. Nothing was paid.',
    next: 'Ask the supplier for another account.',
  },
  'organisation-compliance-reasons': {
    sentence: 'Qonto cannot make this payment for your company at the moment. Nothing was paid.',
    next: 'Contact Qonto’s support: they can tell you why.',
  },
  'qonto-processing-failed': {
    sentence: 'Qonto could not process the payment. Nothing was paid.',
    next: 'Try again in a few minutes.',
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
  'bank-refused': {
    sentence: 'The bank gave no reason. Nothing was paid.',
    next: 'Try again later, or contact Qonto’s support.',
  },
  'account-not-found': {
    sentence: 'The account is no longer available. Nothing was paid.',
    next: 'Choose another account, then pay again.',
  },
};

const reasonsFr: Record<string, ReasonText> = {
  'insufficient-funds': {
    sentence: 'Le solde du compte est insuffisant. Rien n’a été payé.',
    next: 'Approvisionnez le compte ou choisissez-en un autre, puis payez à nouveau.',
  },
  'beneficiary-bic-invalid': {
    sentence: 'La banque du bénéficiaire est introuvable. Rien n’a été payé.',
    next: 'Redemandez ses coordonnées bancaires au fournisseur.',
  },
  'beneficiary-iban-invalid': {
    sentence: 'La banque n’accepte pas l’IBAN du bénéficiaire. Rien n’a été payé.',
    next: 'Redemandez ses coordonnées bancaires au fournisseur.',
  },
  'beneficiary-status': {
    sentence: 'Votre compte Qonto ne permet pas de payer ce bénéficiaire. Rien n’a été payé.',
    next: 'Vérifiez ce bénéficiaire dans Qonto, puis payez à nouveau.',
  },
  'beneficiary-network-rules-error': {
    sentence: 'La banque du bénéficiaire ne peut pas recevoir ce paiement. Rien n’a été payé.',
    next: 'Demandez un autre compte au fournisseur.',
  },
  'organisation-compliance-reasons': {
    sentence:
      'Qonto ne peut pas exécuter ce paiement pour votre entreprise pour le moment. Rien n’a été payé.',
    next: 'Contactez l’assistance de Qonto, qui pourra vous en donner la raison.',
  },
  'qonto-processing-failed': {
    sentence: 'Qonto n’a pas pu traiter le paiement. Rien n’a été payé.',
    next: 'Réessayez dans quelques minutes.',
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
  'bank-refused': {
    sentence: 'La banque n’a pas donné de motif. Rien n’a été payé.',
    next: 'Réessayez plus tard ou contactez l’assistance de Qonto.',
  },
  'account-not-found': {
    sentence: 'Le compte n’est plus disponible. Rien n’a été payé.',
    next: 'Choisissez un autre compte, puis payez à nouveau.',
  },
};

/** The words for a reason, or nothing for a code that this version does not know. */
export function reasonText(element: HTMLElement, reason: string | null): ReasonText | undefined {
  if (!reason) return undefined;
  const french = languageOf(element.lang || nearestLang(element)) === 'fr';
  return (french ? reasonsFr : reasonsEn)[reason];
}
