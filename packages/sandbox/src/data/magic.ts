import { TRUSTED_PAYEE } from './beneficiaries.js';

/** The errors of `verify_payee` that still carry a proof token, with their HTTP status (facts 4.3). */
export const CHECK_ERRORS = {
  BAD_REQUEST_ERROR_RESPONDING_BANK_NOT_AVAILABLE: 400,
  BAD_REQUEST_ERROR_5XX_RESPONDING_BANK: 400,
  BAD_REQUEST_ERROR_RESPONDING_BANK_INVALID_RESPONSE: 400,
  INTERNAL_SERVER_ERROR_4XX_RESPONDING_BANK: 500,
  BAD_GATEWAY_ERROR_RESPONDING_BANK: 503,
  GATEWAY_TIMEOUT_ERROR_RESPONDING_BANK: 503,
} as const;
export type CheckError = keyof typeof CHECK_ERRORS;

/** All known reasons (facts 4.4). */
export const DECLINED_REASONS = [
  'beneficiary_bic_invalid',
  'beneficiary_iban_invalid',
  'beneficiary_status',
  'beneficiary_network_rules_error',
  'organisation_compliance_reasons',
  'debit_account_insufficient_funds',
  'qonto_processing_failed',
] as const;

export interface MagicPayee {
  readonly effect: string;
  /** The name to give. */
  readonly name: string;
  readonly iban: string;
  /** Who really holds the account, where that is another name. */
  readonly holder?: string;
  readonly answers?: 'not-possible' | CheckError;
}

export const MAGIC_PAYEES: readonly MagicPayee[] = [
  { effect: 'match', name: 'Atelier Lumière SARL', iban: 'FR7610278008281039295362036' },
  // The documentation's own test payee (facts 5.7).
  { effect: 'match', name: 'Default Match Person', iban: 'FR7616958000014849440866435' },
  {
    effect: 'close-match',
    name: 'Jean Dupond',
    iban: 'FR7614508012341040087295167',
    holder: 'Jean Dupont',
  },
  {
    effect: 'no-match',
    name: 'Global Trade Partners',
    iban: 'FR7620041060011040879228209',
    holder: 'Lucas Bertrand',
  },
  {
    effect: 'not-possible',
    name: 'Kantoor Zuid BV',
    iban: 'NL75INGB0417169868',
    answers: 'not-possible',
  },
  { effect: 'trusted', ...TRUSTED_PAYEE },
  failing(
    'BAD_REQUEST_ERROR_RESPONDING_BANK_NOT_AVAILABLE',
    'Süddeutsche Werkzeug GmbH',
    'DE83100700240532414564',
  ),
  failing(
    'BAD_REQUEST_ERROR_5XX_RESPONDING_BANK',
    'Nordlicht Energie GmbH',
    'DE06500105170532514955',
  ),
  failing(
    'BAD_REQUEST_ERROR_RESPONDING_BANK_INVALID_RESPONSE',
    'Elbe Spedition GmbH',
    'DE58370400440532615346',
  ),
  failing(
    'INTERNAL_SERVER_ERROR_4XX_RESPONDING_BANK',
    'Cerámica Levante SL',
    'ES4221000418410200066766',
  ),
  failing(
    'BAD_GATEWAY_ERROR_RESPONDING_BANK',
    'Vetreria Murano SRL',
    'IT98Z0542811101000000125438',
  ),
  failing('GATEWAY_TIMEOUT_ERROR_RESPONDING_BANK', 'Brugge Textiel BV', 'BE73539008781560'),
];

const magicPayeeByIban = new Map(MAGIC_PAYEES.map((payee) => [payee.iban, payee]));

/** The magic payee of an IBAN; a `trusted` one is an ordinary beneficiary to the payee check. */
export function magicPayeeOf(iban: string): MagicPayee | undefined {
  const payee = magicPayeeByIban.get(iban);
  return payee?.effect === 'trusted' ? undefined : payee;
}

export type MagicAmount =
  | { readonly kind: 'declined'; readonly reason: (typeof DECLINED_REASONS)[number] }
  | {
      readonly kind:
        | 'insufficient-funds'
        | 'slow-settlement'
        | 'policy-approval-required'
        | 'policy-approver-missing';
    };

// Odd figures, so that nobody meets them by chance.
const amounts = new Map<number, MagicAmount>([
  ...DECLINED_REASONS.map((reason, index): [number, MagicAmount] => [
    66_601 + index,
    { kind: 'declined', reason },
  ]),
  [66_621, { kind: 'insufficient-funds' }],
  [66_631, { kind: 'slow-settlement' }],
  [66_641, { kind: 'policy-approval-required' }],
  [66_642, { kind: 'policy-approver-missing' }],
]);

export function magicAmountOf(amountCents: number): MagicAmount | undefined {
  return amounts.get(amountCents);
}

export const MAGIC_AMOUNTS = [...amounts].map(([amountCents, magic]) => ({
  effect: magic.kind === 'declined' ? `declined:${magic.reason}` : magic.kind,
  amountCents,
}));

function failing(code: CheckError, name: string, iban: string): MagicPayee {
  return { effect: code.toLowerCase().replaceAll('_', '-'), name, iban, answers: code };
}
