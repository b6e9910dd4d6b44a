import type { ReviewItem } from '@qonto-pay/shared';
import type { Language } from '../language.js';

/** What a row shows when it is open; the sentences of a decision stand in `shared`, as they are recorded. */
export interface DetailsMessages {
  bankIn: (country: string) => string;
  simplified: string;
  savedName: (saved: string) => string;
  speeds: Record<ReviewItem['speed'], string>;
  decideFirst: string;
  proof: string;
  documents: Record<'ready' | 'fetching' | 'failed' | 'missing' | 'consent' | 'uploading', string>;
  attach: string;
  attachHint: string;
  allow: string;
}

const en: DetailsMessages = {
  bankIn: (country) => `Bank in ${country}`,
  simplified: 'Simplified, because banks carry plain letters only.',
  savedName: (saved) =>
    `Your Qonto knows this IBAN as “${saved}”. Please check that the payee is right.`,
  speeds: {
    instant: 'Instant transfer: there in seconds, if the payee’s bank takes it.',
    standard: 'Standard transfer: there within one working day.',
    scheduled: 'Sent by the bank on this day:',
  },
  decideFirst: 'Please decide: tick the box, or take the invoice out.',
  proof: 'Proof (PDF)',
  documents: {
    ready: 'Invoice attached.',
    fetching: 'The invoice is on its way to Qonto.',
    failed: 'The invoice could not be fetched. Please attach it here.',
    missing: 'Above €30,000 Qonto needs the invoice. Please attach it here.',
    consent: 'Above €30,000 Qonto needs the invoice, and your permission to pass it on.',
    uploading: 'Uploading the invoice…',
  },
  attach: 'Attach the invoice',
  attachHint: 'PDF, JPEG or PNG, at most 10 MB.',
  allow: 'Allow at Qonto',
};

/** Before `?`, `:` and inside « » stands a no-break space (U+00A0), as French typography asks. */
const fr: DetailsMessages = {
  bankIn: (country) => `Banque\u00a0: ${country}`,
  simplified: 'Simplifiée, car les banques ne transmettent que des lettres simples.',
  savedName: (saved) =>
    `Votre Qonto connaît cet IBAN sous le nom «\u00a0${saved}\u00a0». Veuillez vérifier le bénéficiaire.`,
  speeds: {
    instant: 'Virement instantané\u00a0: reçu en quelques secondes si la banque l’accepte.',
    standard: 'Virement standard\u00a0: reçu sous un jour ouvré.',
    scheduled: 'Envoyé par la banque le\u00a0:',
  },
  decideFirst: 'Décidez d’abord\u00a0: cochez la case ou retirez la facture.',
  proof: 'Justificatif (PDF)',
  documents: {
    ready: 'Facture jointe.',
    fetching: 'La facture est en cours de transmission à Qonto.',
    failed: 'La facture n’a pas pu être récupérée. Veuillez la joindre ici.',
    missing: 'Au-delà de 30\u00a0000\u00a0€, Qonto demande la facture. Veuillez la joindre ici.',
    consent:
      'Au-delà de 30\u00a0000\u00a0€, Qonto demande la facture, et votre autorisation pour la transmettre.',
    uploading: 'Envoi de la facture…',
  },
  attach: 'Joindre la facture',
  attachHint: 'PDF, JPEG ou PNG, 10 Mo au plus.',
  allow: 'Autoriser chez Qonto',
};

export const detailsMessages: Record<Language, DetailsMessages> = { en, fr };
