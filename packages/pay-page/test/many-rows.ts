import type { PayItem, ReviewItem } from '@qonto-pay/shared';
import { item, payItem } from './states.js';

/** Suppliers as a company has them: short and long, French and foreign. */
const SUPPLIERS = [
  ['Imprimerie Duval', 'FR7630006000011234567890189'],
  ['Boulangerie Petit', 'FR7610107001011234567890129'],
  ['Nordwind Logistik GmbH', 'DE89370400440532013000'],
  ['Électricité Générale de Provence et du Littoral', 'FR1420041010050500013M02606'],
  ['Bureau Plus', 'FR7630004000031234567890143'],
  ['Café Torréfié', 'BE68539007547034'],
  ['Studio Archer', 'NL91ABNA0417164300'],
  ['Tessuti Lombardi SRL', 'IT60X0542811101000000123456'],
  ['Papeterie Centrale', 'FR7630006000011234567890189'],
  ['Garage Moreau', 'ES9121000418450200051332'],
] as const;

const DUE = ['2026-12-01', '2026-12-15', '2026-11-28', null];

export const manyItems = (count: number, changes: Partial<PayItem> = {}): PayItem[] =>
  Array.from({ length: count }, (_, index) => {
    const [name, iban] = SUPPLIERS[index % SUPPLIERS.length] ?? SUPPLIERS[0];
    return payItem({
      index,
      externalRef: `INV-${1000 + index}`,
      payee: { name: index < 10 ? name : `${name} ${Math.floor(index / 10)}`, iban },
      amount: `${(((index * 7919) % 90_000) + 1250) / 100}`.replace(/^(\d+)$/, '$1.00'),
      reference: `Invoice ${1000 + index}, ${['paper', 'freight', 'rent', 'coffee'][index % 4]}`,
      dueDate: DUE[index % DUE.length] ?? null,
      ...changes,
    });
  });

export const check = (
  result: ReviewItem['payeeCheck']['result'],
  bankName: string | null = null,
) => ({
  result,
  bankName,
  was: null,
});

/** Rows of every kind among many that match. */
export const SPECIAL: Record<number, Partial<ReviewItem>> = {
  3: { payeeCheck: check('close_match', 'Electricite Gale de Provence'), decisionNeeded: true },
  6: { payeeCheck: check('no_match'), decisionNeeded: true },
  7: { payeeCheck: check('not_possible'), decisionNeeded: true, speed: 'standard' },
  9: {
    payeeCheck: check('match'),
    warnings: ['iban-changed'],
    lastIban: 'ES7921000813610123456789',
    decisionNeeded: true,
  },
};

export const manyKnown = (
  count: number,
  result: ReviewItem['payeeCheck']['result'] = 'match',
): ReviewItem[] =>
  Array.from({ length: count }, (_, index) =>
    item({
      index,
      payeeCheck: check(result),
      speed: index % 6 === 5 ? 'standard' : 'instant',
      ...(result === 'match' ? SPECIAL[index] : {}),
    }),
  );

export const allOf = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

/** The rows, with changes of single ones by their index. */
export const changed = <Row extends { index: number }>(
  rows: Row[],
  changes: Record<number, Partial<Row>> = {},
): Row[] => rows.map((row) => ({ ...row, ...changes[row.index] }));
