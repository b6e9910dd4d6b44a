import type { PayeeCheckResult, PayeeWarning, ReviewItem } from './pay-api.js';

/**
 * What the payer reads when a payee needs a decision, in one place: the pay page shows it and the
 * audit log records it, word for word. Types only are imported, as zod would weigh on the page.
 */
type Language = 'en' | 'fr';
type Decided = Exclude<PayeeCheckResult, 'pending' | 'match'>;

/** The four results never share their words; a check in progress has no opinion yet. */
interface PayeeWords {
  results: Record<PayeeCheckResult, { heading: string; sentence: string }>;
  bankSays: (name: string) => string;
  mayBeFraud: string;
  warnings: Record<PayeeWarning, (lastIban: string | null) => string>;
  changed: (earlier: string) => string;
  accept: Record<Decided | PayeeWarning | 'close_match_unnamed', (bankName: string) => string>;
}

const en: PayeeWords = {
  results: {
    pending: { heading: 'Checking the name', sentence: 'We are asking the payee’s bank.' },
    match: {
      heading: 'Name matches',
      sentence: 'The payee’s bank confirms that the account belongs to this name.',
    },
    close_match: { heading: 'Name almost matches', sentence: 'Is this who you want to pay?' },
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
  mayBeFraud:
    'This may be fraud. To check, use a phone number that you know, not one from the invoice.',
  warnings: {
    'shared-iban': () =>
      'Another invoice that you selected has the same IBAN under another name. An account has one holder: please check both.',
    'iban-changed': (lastIban) =>
      `This supplier was last paid to another IBAN${lastIban ? `: ${groupIban(lastIban)}` : ''}. Call them on a number you know before you pay to the new one.`,
  },
  changed: (earlier) =>
    `This differs from the first check, which said “${earlier}”: please decide again.`,
  accept: {
    close_match: (bankName) => `I have checked the payee: “${bankName}” is the one I want to pay.`,
    close_match_unnamed: () =>
      'I have checked the payee and want to pay it although the name differs.',
    no_match: () =>
      'I have checked the IBAN with the payee and want to pay although the name does not match.',
    not_possible: () => 'I have checked the payee and the IBAN myself.',
    'shared-iban': () => 'I have checked that this IBAN belongs to this payee.',
    'iban-changed': () => 'I have checked the new IBAN with the supplier.',
  },
};

/** Before `?`, `:` and inside « » stands a no-break space (U+00A0), as French typography asks. */
const fr: PayeeWords = {
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
  mayBeFraud:
    'Il peut s’agir d’une fraude. Pour vérifier, utilisez un numéro que vous connaissez, pas celui de la facture.',
  warnings: {
    'shared-iban': () =>
      'Une autre facture sélectionnée porte le même IBAN sous un autre nom. Un compte n’a qu’un titulaire\u00a0: vérifiez les deux.',
    'iban-changed': (lastIban) =>
      `Ce fournisseur a été payé la dernière fois sur un autre IBAN${lastIban ? `\u00a0: ${groupIban(lastIban)}` : ''}. Appelez-le à un numéro que vous connaissez avant de payer sur le nouveau.`,
  },
  changed: (earlier) =>
    `Ce résultat diffère de la première vérification («\u00a0${earlier}\u00a0»)\u00a0: veuillez décider à nouveau.`,
  accept: {
    close_match: (bankName) =>
      `J’ai vérifié le bénéficiaire\u00a0: c’est bien «\u00a0${bankName}\u00a0» que je veux payer.`,
    close_match_unnamed: () =>
      'J’ai vérifié le bénéficiaire et je veux le payer bien que le nom diffère.',
    no_match: () =>
      'J’ai vérifié l’IBAN auprès du bénéficiaire et je veux payer bien que le nom ne corresponde pas.',
    not_possible: () => 'J’ai vérifié moi-même le bénéficiaire et l’IBAN.',
    'shared-iban': () => 'J’ai vérifié que cet IBAN appartient bien à ce bénéficiaire.',
    'iban-changed': () => 'J’ai vérifié le nouvel IBAN auprès du fournisseur.',
  },
};

export const PAYEE_WORDS: Record<Language, PayeeWords> = { en, fr };

/** Groups of four, as invoices print it, so that two IBANs can be compared by eye. */
export const groupIban = (iban: string): string => iban.replace(/(.{4})(?=.)/g, '$1 ');

/** What is known of a payee when the payer decides. */
export interface ShownPayee {
  result: ReviewItem['payeeCheck']['result'];
  bankName: string | null;
  /** The result of an earlier check, when the later one differs. */
  was?: PayeeCheckResult | null;
  warnings: readonly PayeeWarning[];
  lastIban: string | null;
  lang: Language;
}

/** An unrecognised result reads "not possible", never as a match. */
const resultWords = ({ result, lang }: ShownPayee) => {
  const { results } = PAYEE_WORDS[lang];
  return result === 'unchecked' ? results.pending : (results[result] ?? results.not_possible);
};

/** The warnings below the result, in the order in which they are read. */
export function payeeNotes(shown: ShownPayee): string[] {
  const words = PAYEE_WORDS[shown.lang];
  return [
    ...(shown.was ? [words.changed(words.results[shown.was].heading)] : []),
    ...(shown.result === 'no_match' ? [words.mayBeFraud] : []),
    ...shown.warnings.map((warning) => words.warnings[warning](shown.lastIban)),
  ];
}

/** What the payer agrees to; empty where the name matches and nothing is warned of. */
export function payeeDecision({ result, bankName, warnings, lang }: ShownPayee): string {
  const { accept } = PAYEE_WORDS[lang];
  const reasons: (keyof typeof accept)[] = [...warnings];
  if (result === 'close_match' && !bankName) reasons.unshift('close_match_unnamed');
  else if (result !== 'match' && result !== 'pending' && result !== 'unchecked')
    reasons.unshift(result);
  return reasons.map((reason) => accept[reason](bankName ?? '')).join(' ');
}

/** All that is shown of a payee beside its decision, as one text: the evidence that is recorded. */
export function payeeSentence(shown: ShownPayee): string {
  const { heading, sentence } = resultWords(shown);
  const bank =
    shown.result === 'close_match' && shown.bankName
      ? [PAYEE_WORDS[shown.lang].bankSays(shown.bankName)]
      : [];
  const parts = [`${heading}.`, ...bank, sentence, ...payeeNotes(shown), payeeDecision(shown)];
  return parts.filter((part) => part !== '').join(' ');
}
