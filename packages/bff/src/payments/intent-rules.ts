import {
  type CreateTransferIntent,
  formatAmount,
  type IntentItem as GivenItem,
  parseAmount,
  parseIban,
  parsePayeeName,
  parseReference,
} from '@qonto-pay/shared';
import { PaymentError } from './errors.js';
import type { Partner } from './partner.js';
import type { IntentItem } from './records.js';

/** As many as the bank takes in one approval. */
const MAX_ITEMS = 400;
const MAX_ATTACHMENTS = 5;
const SHA256 = /^[0-9a-f]{64}$/i;
const EXTERNAL_REF = /^[\x21-\x7e]{1,64}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What of a partner's settings decides about items. */
export type ItemLimits = Pick<Partner, 'attachmentHosts' | 'maxTotalCents'>;

/** Reads the items of a new intent. @throws PaymentError with the path of the field at fault. */
export function readItems(given: CreateTransferIntent, limits: ItemLimits): IntentItem[] {
  if (given.items.length === 0) {
    throw new PaymentError('invalid-request', 'Send at least one item.', { field: 'items' });
  }
  if (given.items.length > MAX_ITEMS) {
    throw new PaymentError(
      'too-many-items',
      `Send at most ${MAX_ITEMS} items: the bank takes no more in one approval.`,
      { field: 'items' },
    );
  }
  const refs = new Set<string>();
  const items = given.items.map((item, index) => {
    const read = readItem(item, index, limits);
    if (refs.has(read.externalRef)) {
      throw new PaymentError('duplicate-external-ref', 'Name each invoice once.', {
        field: `items[${index}].externalRef`,
      });
    }
    refs.add(read.externalRef);
    return read;
  });
  assertTotal(items, limits);
  return items;
}

function assertTotal(items: readonly IntentItem[], { maxTotalCents }: ItemLimits): void {
  const totalCents = items.reduce((sum, { amountCents }) => sum + amountCents, 0n);
  if (maxTotalCents === undefined || totalCents <= maxTotalCents) return;
  throw new PaymentError(
    'total-over-limit',
    `Send items of at most ${formatAmount(maxTotalCents)} EUR in all, or ask for a higher limit.`,
    { field: 'items' },
  );
}

function readItem(item: GivenItem, index: number, limits: ItemLimits): IntentItem {
  const at = `items[${index}]`;
  if (item.currency !== 'EUR') {
    throw new PaymentError('invalid-currency', 'Qonto pays SEPA transfers in EUR only.', {
      field: `${at}.currency`,
    });
  }
  const externalRef = readExternalRef(item.externalRef, `${at}.externalRef`);
  const amountCents = parseAmount(item.amount);
  if (amountCents === undefined) {
    throw new PaymentError(
      'invalid-amount',
      'Send a decimal string such as "1234.50": above 0, a dot, at most two decimals.',
      { field: `${at}.amount` },
    );
  }
  const attachments = readAttachments(item.attachments ?? [], at, limits);
  const texts = readTexts(item, at);
  return { index, externalRef, amountCents, ...texts, attachments };
}

/** The partner's id of an invoice. @throws PaymentError `invalid-external-ref`. */
export function readExternalRef(text: string, field: string): string {
  if (EXTERNAL_REF.test(text)) return text;
  throw new PaymentError('invalid-external-ref', 'Send 1 to 64 visible ASCII characters.', {
    field,
  });
}

function readTexts(item: GivenItem, at: string) {
  const payeeIban = parseIban(item.payee.iban);
  if (!payeeIban) {
    throw new PaymentError('invalid-iban', 'Check the IBAN: country, length and check digits.', {
      field: `${at}.payee.iban`,
    });
  }
  const payeeName = parsePayeeName(item.payee.name);
  if (!payeeName) {
    throw new PaymentError(
      'invalid-payee-name',
      'Send 1 to 70 Latin characters, diacritics included, nothing invisible.',
      { field: `${at}.payee.name` },
    );
  }
  const remittance = parseReference(item.reference);
  if (!remittance) {
    throw new PaymentError(
      'invalid-reference',
      'Send 1 to 140 characters that SEPA can carry: letters, digits and plain punctuation.',
      { field: `${at}.reference` },
    );
  }
  return {
    payeeIban,
    payeeName,
    reference: item.reference,
    remittance,
    dueDate: readDueDate(item.dueDate, at),
  };
}

function readDueDate(day: string | undefined, at: string): string | undefined {
  if (day === undefined) return undefined;
  const date = new Date(`${day}T00:00:00Z`);
  if (DAY.test(day) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day)) {
    return day;
  }
  throw new PaymentError('invalid-due-date', 'Send a day that exists, as YYYY-MM-DD.', {
    field: `${at}.dueDate`,
  });
}

type Attachment = IntentItem['attachments'][number];

function readAttachments(
  given: readonly Attachment[],
  at: string,
  { attachmentHosts }: ItemLimits,
): Attachment[] {
  if (given.length > MAX_ATTACHMENTS) {
    throw new PaymentError('invalid-attachment', `Send at most ${MAX_ATTACHMENTS} per item.`, {
      field: `${at}.attachments`,
    });
  }
  return given.map(({ url: text, sha256 }, index) => {
    const field = `${at}.attachments[${index}]`;
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const isRegistered = url && isWebUrl(url) && attachmentHosts.includes(url.origin);
    if (!isRegistered || url.username || url.password) {
      throw new PaymentError(
        'invalid-attachment',
        'Send a URL without user, on one of the `attachmentHosts` that you registered.',
        { field: `${field}.url` },
      );
    }
    if (!SHA256.test(sha256)) {
      throw new PaymentError('invalid-attachment', 'Send the SHA-256 as 64 hex digits.', {
        field: `${field}.sha256`,
      });
    }
    return { url: url.href, sha256: sha256.toLowerCase() };
  });
}

/** The return URL must lie on an origin and path prefix that the partner registered. */
export function readReturnUrl(text: string, prefixes: readonly string[]): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isRegistered = (prefix: string) => {
    const allowed = new URL(prefix);
    const path = allowed.pathname.endsWith('/') ? allowed.pathname : `${allowed.pathname}/`;
    return (
      url?.origin === allowed.origin &&
      (url.pathname === allowed.pathname || url.pathname.startsWith(path))
    );
  };
  if (!url || url.username || url.password || !isWebUrl(url) || !prefixes.some(isRegistered)) {
    throw new PaymentError(
      'invalid-return-url',
      'Use https (or http on localhost) on an origin and path that you registered.',
      { field: 'returnUrl' },
    );
  }
  return url.href;
}

/** https anywhere, http only on `localhost` and `*.localhost`. */
export const isWebUrl = (url: URL): boolean =>
  url.protocol === 'https:' ||
  (url.protocol === 'http:' && /^(?:[a-z0-9-]+\.)*localhost$/.test(url.hostname));
