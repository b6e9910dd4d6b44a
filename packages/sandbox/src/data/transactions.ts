import type { Transaction } from '../transactions/transaction.js';
import { fixedId } from './fixed-id.js';
import { ACME, MEMBERSHIPS } from './organizations.js';

type Seed = readonly [
  dayOfMonth: number,
  operationType: string,
  amountCents: number,
  label: string,
  category: string,
];

/** What happens on ACME's main account every month. */
const MONTHLY: readonly Seed[] = [
  [1, 'direct_debit', 245_000, 'SCI Les Tilleuls', 'office_rental'],
  [2, 'income', 1_200_000, 'Groupe Horizon', 'sales'],
  [4, 'card', 4_299, 'Papeterie du Centre', 'office_supply'],
  [5, 'transfer', 86_400, 'Imprimerie Lefèvre', 'marketing'],
  [7, 'income', 348_000, 'Mairie de Nantes', 'sales'],
  [9, 'card', 12_650, 'Hôtel des Voyageurs', 'hotel_and_lodging'],
  [11, 'direct_debit', 7_990, 'Réseau Mobile SA', 'utility'],
  [13, 'card', 3_875, 'Maison Chevalier', 'restaurant_and_bar'],
  [15, 'transfer', 152_300, 'Cabinet Moreau Avocats', 'legal_and_accounting'],
  [17, 'income', 76_550, 'Boutique Ponant', 'sales'],
  [19, 'direct_debit', 18_420, 'Électricité Fournier', 'utility'],
  [21, 'card', 89_900, 'Informatique Roussel', 'hardware_and_equipment'],
  [24, 'swift_income', 512_000, 'Harbor Trading Ltd', 'sales'],
  [26, 'transfer', 41_000, 'Transports Girard', 'logistics'],
  [28, 'qonto_fee', 4_500, 'Qonto', 'fees'],
];
const MONTHS = 4;
const DAY_MS = 86_400_000;
const CREDITS: readonly string[] = ['income', 'swift_income'];

/** The last four months of ACME's main account, with one payment declined and one not settled. */
export function pastTransactions(at: number): Transaction[] {
  const months = Array.from({ length: MONTHS }, (_, month) => month);
  const past = months.flatMap((month) =>
    MONTHLY.map((seed, index) => {
      const [dayOfMonth] = seed;
      const emittedAt = at - (month * 30 + 31 - dayOfMonth) * DAY_MS;
      return transaction(seed, { number: month * MONTHLY.length + index + 1, emittedAt });
    }),
  );
  const last = MONTHS * MONTHLY.length;
  const refused = transaction([0, 'card', 219_900, 'Librairie du Port', 'other_expense'], {
    ...{ number: last + 1, emittedAt: at - 6 * DAY_MS, status: 'declined' as const },
  });
  const open = transaction([0, 'card', 6_400, 'Garage Petitjean', 'gas_station'], {
    ...{ number: last + 2, emittedAt: at - DAY_MS / 2, status: 'pending' as const },
  });
  return [...past, refused, open];
}

function transaction(
  [, operationType, amountCents, label, category]: Seed,
  {
    number,
    emittedAt,
    status = 'completed',
  }: { number: number; emittedAt: number; status?: Transaction['status'] },
): Transaction {
  const isCard = operationType === 'card';
  return {
    id: fixedId('transaction', number),
    slug: `${ACME.slug}-main-account-1-transaction-${number}`,
    organizationId: ACME.id,
    accountId: fixedId('account', 1),
    side: CREDITS.includes(operationType) ? 'credit' : 'debit',
    operationType,
    amountCents,
    label,
    counterpartyIban: null,
    reference: isCard ? null : `REF-${String(number).padStart(4, '0')}`,
    note: null,
    category,
    initiatorId: isCard || operationType === 'transfer' ? (MEMBERSHIPS[0]?.id ?? null) : null,
    attachmentIds: number % 5 === 0 ? [fixedId('attachment', number)] : [],
    cardLastDigits: isCard ? '4417' : null,
    status,
    emittedAt,
    settledAt: status === 'completed' ? emittedAt + DAY_MS / 4 : null,
    updatedAt: emittedAt + DAY_MS / 4,
  };
}
