import type { PaymentReason } from '@qonto-pay/shared';
import type { Language } from '../language.js';

const en: Record<PaymentReason, string> = {
  'insufficient-funds': 'There is not enough money on the account.',
  'needs-approver': 'Your company’s rules ask for somebody else’s approval.',
  'approver-missing': 'Your company’s rules ask for an approver, but none is named.',
  'account-not-found': 'The account is no longer available.',
  'not-allowed': 'Your role in Qonto does not allow this payment.',
  'payee-account-invalid': 'The bank does not accept the payee’s bank details.',
  'payee-not-usable': 'Your Qonto does not allow payments to this payee.',
  'payee-not-reachable': 'The payee’s bank cannot receive this kind of payment.',
  compliance: 'Qonto cannot make this payment at the moment. Its support can tell you why.',
  'bank-processing-failed': 'Qonto could not process the payment. Try again in a few minutes.',
  'bank-refused': 'The bank gave no reason that we know.',
  'bulk-not-allowed': 'Qonto lets you pay one invoice at a time. Pay them one after the other.',
  'document-missing': 'Qonto asks for a document above 30,000 EUR.',
  'request-declined': 'A colleague declined the request.',
  'request-canceled': 'The request was withdrawn in Qonto.',
  'payee-check-expired': 'The check of the payee was too old. Pay again: it is made anew.',
  'payee-became-trusted': 'This payee has just become a trusted one. Sign in, then pay again.',
  'signed-out': 'Your sign-in at Qonto had ended. Sign in, then pay again.',
  'consent-needed': 'Qonto needs another permission for this payment.',
  'too-late-to-send': 'It could not be sent in time. It is safe to pay again.',
  'not-at-the-bank': 'It never arrived at the bank. It is safe to pay again.',
};

/** Before `?`, `:` and inside « » stands a no-break space (U+00A0), as French typography asks. */
const fr: Record<PaymentReason, string> = {
  'insufficient-funds': 'Le solde du compte est insuffisant.',
  'needs-approver': 'Les règles de votre entreprise demandent la validation d’une autre personne.',
  'approver-missing':
    'Les règles de votre entreprise demandent un valideur, mais aucun n’est désigné.',
  'account-not-found': 'Le compte n’est plus disponible.',
  'not-allowed': 'Votre rôle dans Qonto ne permet pas ce paiement.',
  'payee-account-invalid': 'La banque n’accepte pas les coordonnées du bénéficiaire.',
  'payee-not-usable': 'Votre Qonto ne permet pas de payer ce bénéficiaire.',
  'payee-not-reachable': 'La banque du bénéficiaire ne peut pas recevoir ce paiement.',
  compliance: 'Qonto ne peut pas exécuter ce paiement pour le moment. Contactez son assistance.',
  'bank-processing-failed':
    'Qonto n’a pas pu traiter le paiement. Réessayez dans quelques minutes.',
  'bank-refused': 'La banque n’a pas donné de motif connu.',
  'bulk-not-allowed':
    'Qonto vous laisse payer une facture à la fois. Payez-les l’une après l’autre.',
  'document-missing': 'Qonto demande un document au-delà de 30 000 EUR.',
  'request-declined': 'Un collègue a refusé la demande.',
  'request-canceled': 'La demande a été retirée dans Qonto.',
  'payee-check-expired':
    'La vérification du bénéficiaire était trop ancienne. Payez à nouveau : elle sera refaite.',
  'payee-became-trusted':
    'Ce bénéficiaire vient d’être marqué de confiance. Connectez-vous, puis payez à nouveau.',
  'signed-out': 'Votre connexion à Qonto avait pris fin. Connectez-vous, puis payez à nouveau.',
  'consent-needed': 'Qonto demande une autorisation de plus pour ce paiement.',
  'too-late-to-send':
    'Il n’a pas pu être transmis à temps. Vous pouvez payer à nouveau sans risque.',
  'not-at-the-bank':
    'Il n’est jamais parvenu à la banque. Vous pouvez payer à nouveau sans risque.',
};

/** Why a payment, or one row of it, was declined or failed. */
export const reasonSentence = (reason: PaymentReason, language: Language): string =>
  (language === 'fr' ? fr : en)[reason];
