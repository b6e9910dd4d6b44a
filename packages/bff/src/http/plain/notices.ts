import type { ProblemCode } from '@qonto-pay/shared';
import type { Language } from '../language.js';
import { collectEn } from './collect.en.js';
import { collectFr } from './collect.fr.js';

/** What the page says after a form that was refused. `consent-refused`: no permission was given. */
type NoticeCode = ProblemCode | 'consent-refused';

interface Notices {
  row: (row: number) => string;
  other: string;
  by: Partial<Record<NoticeCode, string>>;
}

const en: Notices = {
  row: (row) => `Row ${row}.`,
  other: 'That did not work. Please look at the payment again.',
  by: {
    ...collectEn.problems,
    ...collectEn.provider.problems,
    'page-token-too-young': 'Please look at the payment first, then press the button.',
    'page-token-invalid': 'The page was too old. Please look at it again, then press the button.',
    'review-changed': 'What you saw has changed. Please look again, then press the button.',
    'payee-not-accepted': 'Please decide about the payee first.',
    'payee-check-pending': 'The bank is still checking the payee.',
    'fresh-sign-in-required': 'Please sign in again to confirm that it is you.',
    'too-many-approvals': 'Your phone has been asked too often. Please wait ten minutes.',
    'too-many-payee-checks': 'Many payees were checked without a payment. Please wait an hour.',
    'bank-unavailable': 'Qonto does not answer. Please try again in a moment.',
    'not-cancelable': 'It can no longer be canceled: the bank may have it already.',
    'invalid-selection': 'Please select at least one invoice that is still to be paid.',
    'invalid-date': 'Please choose a day from today on, at most one year ahead.',
    'account-not-usable': 'This account cannot be used. Please choose another one.',
    'already-paid': 'This invoice is paid already.',
    'payment-in-progress': 'This invoice is being paid already. Please do not pay it again.',
    'document-missing': 'Please add a document first.',
    'document-not-accepted': 'The document must be a PDF, JPEG or PNG.',
    'document-too-large': 'The document is too large.',
    'request-not-pending': 'The request has been answered already.',
    'consent-required': 'Qonto asks for your permission first.',
    'consent-refused': 'Nothing more was allowed. Everything else works as before.',
    'not-allowed': 'Your Qonto role does not allow this. Ask an owner or admin of your company.',
    'bank-refused': 'Qonto did not accept this.',
    'partner-paused': 'This site is paused at the moment. Nothing was done.',
    'not-the-payee':
      'This invoice names an account of another company. Please sign in for the company that is to be paid.',
  },
};

/** Before `?`, `:` and inside « » stands a no-break space (U+00A0), as French typography asks. */
const fr: Notices = {
  row: (row) => `Ligne ${row}.`,
  other: 'Cela n’a pas fonctionné. Veuillez revoir le paiement.',
  by: {
    ...collectFr.problems,
    ...collectFr.provider.problems,
    'page-token-too-young': 'Regardez d’abord le paiement, puis appuyez sur le bouton.',
    'page-token-invalid': 'La page était trop ancienne. Regardez-la à nouveau, puis confirmez.',
    'review-changed': 'Ce que vous avez vu a changé. Regardez à nouveau, puis confirmez.',
    'payee-not-accepted': 'Décidez d’abord au sujet du bénéficiaire.',
    'payee-check-pending': 'La banque vérifie encore le bénéficiaire.',
    'fresh-sign-in-required': 'Reconnectez-vous pour confirmer que c’est bien vous.',
    'too-many-approvals': 'Votre téléphone a été trop sollicité. Attendez dix minutes.',
    'too-many-payee-checks':
      'Beaucoup de bénéficiaires ont été vérifiés sans paiement. Attendez une heure.',
    'bank-unavailable': 'Qonto ne répond pas. Veuillez réessayer dans un instant.',
    'not-cancelable': 'L’annulation n’est plus possible : la banque l’a peut-être déjà.',
    'invalid-selection': 'Choisissez au moins une facture qui reste à payer.',
    'invalid-date': 'Choisissez un jour à partir d’aujourd’hui, dans l’année qui vient.',
    'account-not-usable': 'Ce compte ne peut pas être utilisé. Choisissez-en un autre.',
    'already-paid': 'Cette facture est déjà payée.',
    'payment-in-progress':
      'Cette facture est déjà en cours de paiement. Ne la payez pas deux fois.',
    'document-missing': 'Ajoutez d’abord un document.',
    'document-not-accepted': 'Le document doit être un PDF, JPEG ou PNG.',
    'document-too-large': 'Le document est trop volumineux.',
    'request-not-pending': 'La demande a déjà reçu une réponse.',
    'consent-required': 'Qonto demande d’abord votre autorisation.',
    'consent-refused': 'Rien de plus n’a été autorisé. Tout le reste fonctionne comme avant.',
    'not-allowed':
      'Votre rôle Qonto ne le permet pas. Demandez à un propriétaire ou administrateur.',
    'bank-refused': 'Qonto n’a pas accepté cette demande.',
    'partner-paused': 'Ce site est suspendu pour le moment. Rien n’a été fait.',
    'not-the-payee':
      'Cette facture indique un compte d’une autre entreprise. Connectez-vous pour l’entreprise à payer.',
  },
};

/** In words where we have some for it; a page that asks for another notice shows the general one. */
export function noticeOf(
  { notice, row }: { notice?: unknown; row?: unknown },
  language: Language,
): string | undefined {
  if (typeof notice !== 'string') return undefined;
  const words = language === 'fr' ? fr : en;
  const known = Object.hasOwn(words.by, notice) ? words.by[notice as NoticeCode] : undefined;
  const sentence = known ?? words.other;
  return typeof row === 'string' && /^\d{1,3}$/.test(row)
    ? `${words.row(Number(row))} ${sentence}`
    : sentence;
}
