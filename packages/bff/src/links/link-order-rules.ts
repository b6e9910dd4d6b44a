import {
  type BasketRow,
  type CreateLinkIntent,
  formatAmount,
  LINK_METHODS,
  type LinkMethod,
  parseAmount,
  parseIban,
  parsePayeeName,
  parseReference,
} from '@qonto-pay/shared';
import { PaymentError } from '../payments/errors.js';
import { readExternalRef } from '../payments/intent-rules.js';
import type { Partner } from '../payments/partner.js';
import { basketTotals, rowTotals } from './basket.js';
import { MEASURE_UNITS } from './measure-units.js';
import type { BasketItem, LinkContent, LinkOrder } from './records.js';

const MAX_ROWS = 100;
/** As large as an amount can be written at all (`shared/money.ts`). */
const MAX_CENTS = 99_999_999_999n;
const MAX_TITLE = 255;
const MAX_DESCRIPTION = 1000;
const QUANTITY = /^(0|[1-9]\d{0,8})(\.\d{1,3})?$/;
const RATE = /^(0|[1-9]\d?|100)(\.\d{1,2})?$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Letters of any script may stand on an invoice; what hides or turns text may not. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Reads what a new link is to collect. @throws PaymentError with the path of the field at fault. */
export function readLinkOrder(
  given: CreateLinkIntent,
  { maxTotalCents }: Pick<Partner, 'maxTotalCents'>,
): LinkOrder {
  if (given.currency !== 'EUR') fail('invalid-currency', 'Links are made in EUR.', 'currency');
  const externalRef = readExternalRef(given.externalRef, 'externalRef');
  const { content, amountCents } = readContent(given);
  if (amountCents > MAX_CENTS) fail('invalid-amount', 'The total is too large.', 'basket.items');
  if (maxTotalCents !== undefined && amountCents > maxTotalCents) {
    fail('total-over-limit', `Collect at most ${formatAmount(maxTotalCents)} EUR.`, content.kind);
  }
  return {
    ...{ externalRef, content, amountCents },
    reusable: readReusable(given),
    methods: readMethods(given.methods, 'methods'),
    payee: given.payee && readPayee(given.payee),
    remittance: readRemittance(given),
  };
}

/** At least one, each once. @throws PaymentError `invalid-methods`. */
export function readMethods(given: readonly string[], field: string): LinkMethod[] {
  const methods = LINK_METHODS.filter((method) => given.includes(method));
  const isKnown = given.every((name) => methods.some((method) => method === name));
  if (methods.length > 0 && isKnown) return methods;
  return fail('invalid-methods', `Send at least one of ${LINK_METHODS.join(', ')}.`, field);
}

function readContent(given: CreateLinkIntent): { content: LinkContent; amountCents: bigint } {
  const { basket, invoice } = given;
  if (basket && !invoice) return readBasket(basket.items);
  if (invoice && !basket) return readInvoice(invoice);
  return fail('invalid-basket', 'Send either `basket` or `invoice`.', basket && 'invoice');
}

function readBasket(rows: readonly BasketRow[]) {
  if (rows.length === 0 || rows.length > MAX_ROWS) {
    fail('invalid-basket', `Send 1 to ${MAX_ROWS} items.`, 'basket.items');
  }
  const items = rows.map((row, index) => readRow(row, `basket.items[${index}]`));
  const content: LinkContent = { kind: 'basket', items };
  return { content, amountCents: basketTotals(items).grossCents };
}

function readRow(row: BasketRow, at: string): BasketItem {
  const unitPriceCents = parseAmount(row.unitPrice);
  if (unitPriceCents === undefined) {
    return fail('invalid-amount', AMOUNT_HINT, `${at}.unitPrice`);
  }
  if (!QUANTITY.test(row.quantity) || Number(row.quantity) === 0) {
    fail('invalid-quantity', 'Send a decimal string above 0 such as "2.5".', `${at}.quantity`);
  }
  if (!RATE.test(row.vatRate) || Number(row.vatRate) > 100) {
    fail('invalid-vat-rate', 'Send per cent as a decimal string, 0 to 100.', `${at}.vatRate`);
  }
  if (row.measureUnit !== undefined && !MEASURE_UNITS.has(row.measureUnit)) {
    fail('invalid-measure-unit', 'Send one of the units of Qonto, or none.', `${at}.measureUnit`);
  }
  const item: BasketItem = {
    title: readText(row.title, `${at}.title`, MAX_TITLE),
    ...{ quantity: row.quantity, unitPriceCents, vatRate: row.vatRate, type: row.type },
    description:
      row.description === undefined
        ? undefined
        : readText(row.description, `${at}.description`, MAX_DESCRIPTION),
    measureUnit: row.measureUnit,
  };
  if (rowTotals(item).grossCents > 0n) return item;
  return fail('invalid-amount', 'The row comes to less than a cent.', at);
}

function readInvoice(invoice: NonNullable<CreateLinkIntent['invoice']>) {
  const amountCents = parseAmount(invoice.amount);
  if (amountCents === undefined) return fail('invalid-amount', AMOUNT_HINT, 'invoice.amount');
  if (!UUID.test(invoice.id)) fail('invalid-invoice', 'Send a UUID.', 'invoice.id');
  const content: LinkContent = {
    kind: 'invoice',
    invoiceId: invoice.id.toLowerCase(),
    number: readText(invoice.number, 'invoice.number', MAX_TITLE),
    debtor: readText(invoice.debtor, 'invoice.debtor', MAX_TITLE),
  };
  return { content, amountCents };
}

function readText(text: string, field: string, most: number): string {
  const clean = text.normalize('NFC').trim();
  if (clean !== '' && clean.length <= most && !INVISIBLE.test(clean)) return clean;
  const code = field.startsWith('invoice') ? 'invalid-invoice' : 'invalid-basket';
  return fail(code, `Send 1 to ${most} visible characters.`, field);
}

/** The bank makes every link of an invoice one that is paid once (facts 4.10). */
function readReusable({ reusable = false, invoice }: CreateLinkIntent): boolean {
  if (!reusable || !invoice) return reusable;
  return fail('invalid-invoice', 'The link of an invoice is paid once.', 'reusable');
}

function readPayee(payee: { name: string; iban: string }): LinkOrder['payee'] {
  const iban = parseIban(payee.iban);
  if (!iban) return fail('invalid-iban', 'Check country, length and digits.', 'payee.iban');
  const name = parsePayeeName(payee.name);
  if (name) return { name, iban };
  return fail('invalid-payee-name', 'Send 1 to 70 Latin characters.', 'payee.name');
}

function readRemittance({ reference, externalRef }: CreateLinkIntent): string {
  const remittance = parseReference(reference ?? externalRef);
  if (remittance) return remittance;
  return fail('invalid-reference', 'Send 1 to 140 characters that SEPA can carry.', 'reference');
}

const AMOUNT_HINT = 'Send a decimal string such as "1234.50": above 0, at most two decimals.';

function fail(
  code: ConstructorParameters<typeof PaymentError>[0],
  detail: string,
  field: string | undefined,
): never {
  throw new PaymentError(code, detail, field === undefined ? {} : { field });
}
