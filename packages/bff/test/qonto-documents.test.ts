import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  BankUnavailableError,
  ConsentNeededError,
  NotAllowedError,
} from '../src/payments/errors.js';
import type { BankDocument, OrderItem } from '../src/payments/ports.js';
import { MAIN, MATCH, orderItem, QontoAtSandbox } from './support/qonto.js';

const CANCEL = { method: 'POST', path: '/v2/sepa/transfers/*/cancel' };
const PROOF = { method: 'POST', path: '/v2/sepa/transfers/*/download_proof' };

let qonto: QontoAtSandbox;

beforeAll(async () => {
  qonto = await QontoAtSandbox.start();
});
afterAll(() => qonto.close());
beforeEach(() => qonto.reset());

describe('uploadDocument', () => {
  it.each([
    ['application/pdf', Buffer.from('%PDF-1.7\r\n--\r\n')],
    ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff, 0x00])],
    ['image/png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ] as const)('gives a %s to the bank, whose id goes into a transfer', async (type, content) => {
    const id = await qonto.bank().uploadDocument('c', documentOf(content, type));
    const answer = await pay({ amountCents: 3_000_001n, attachmentIds: [id] });
    expect(answer).toMatchObject({ kind: 'accepted' });
  });

  it('uploads once for one key', async () => {
    const document = documentOf(Buffer.from('%PDF-1'));
    const first = await qonto.bank().uploadDocument('c', document);
    expect(await qonto.bank().uploadDocument('c', document)).toBe(first);
  });

  it('tells what the bank does not accept', async () => {
    const upload = qonto.bank().uploadDocument('c', documentOf(Buffer.from('GIF89a')));
    await expect(upload).rejects.toMatchObject({ code: 'document-not-accepted' });
  });

  it.each([
    [413, 'document-too-large'],
    [422, 'document-not-accepted'],
  ])('tells what is too large (%i)', async (status, code) => {
    await qonto.switches({ attachment_too_large_status: status });
    const content = Buffer.alloc(10 * 1024 * 1024 + 1);
    content.write('%PDF-');
    const upload = qonto.bank().uploadDocument('c', documentOf(content));
    await expect(upload).rejects.toMatchObject({ code });
  });

  it('needs a permission, and a bank that answers', async () => {
    const document = documentOf(Buffer.from('%PDF-1'));
    await qonto.fault({ path: '/v2/attachments' }, { html: true });
    await expect(qonto.bank().uploadDocument('c', document)).rejects.toThrow(BankUnavailableError);
    await qonto.signIn('alice', 'organization.read');
    await expect(qonto.bank().uploadDocument('c', document)).rejects.toThrow(ConsentNeededError);
  });
});

describe('a transfer above 30,000 EUR', () => {
  it('without a document is refused for that', async () => {
    expect(await pay({ amountCents: 3_000_001n })).toMatchObject({ reason: 'document-missing' });
  });

  it('with a document that the bank does not have is refused for that', async () => {
    const answer = await pay({ amountCents: 3_000_001n, attachmentIds: [randomUUID()] });
    expect(answer).toMatchObject({ kind: 'refused', reason: 'document-missing' });
  });
});

describe('transferProof', () => {
  it('is a PDF once the transfer is settled', async () => {
    const id = await paid();
    expect(await qonto.bank().transferProof('c', id)).toBeUndefined();
    await qonto.advance(60);
    const proof = await qonto.bank().transferProof('c', id);
    expect(proof?.subarray(0, 5).toString()).toBe('%PDF-');
    expect(proof?.toString('latin1')).toContain(id);
  });

  it.each([
    ['JSON', { status: 200, body: { proof: 'yes' } }],
    ['a page', { html: true }],
    ['an error', { status: 500 }],
    ['half a PDF', { truncateBytes: 20 }],
  ])('is not %s', async (_what, trouble) => {
    const id = await paid();
    await qonto.advance(60);
    await qonto.fault(PROOF, trouble);
    await expect(qonto.bank().transferProof('c', id)).rejects.toThrow(BankUnavailableError);
  });
});

describe('cancelTransfer', () => {
  it('withdraws a scheduled transfer', async () => {
    const id = await paid({ scheduledOn: '2099-01-04' });
    expect(await qonto.bank().cancelTransfer('c', id)).toBe('canceled');
    expect((await qonto.bank().transfer('c', id)).status).toBe('canceled');
  });

  it.each([422, 400, 404, 409])('is refused for one on its way (%i)', async (status) => {
    await qonto.switches({ cancel_refused_status: status });
    const id = await paid();
    await qonto.advance(60);
    expect(await qonto.bank().cancelTransfer('c', id)).toBe('refused');
  });

  it('is left to the app of the bank where that wants an approval', async () => {
    await qonto.switches({ cancel_sca: true });
    const id = await paid({ scheduledOn: '2099-01-04' });
    await expect(qonto.bank().cancelTransfer('c', id)).rejects.toThrow(NotAllowedError);
    expect((await qonto.bank().transfer('c', id)).status).toBe('scheduled');
  });

  it.each([
    ['a reset after the work', { resetAfterCommit: true }],
    ['a page', { html: true }],
    ['a 503', { status: 503 }],
    ['a 429', { rateLimit: {} }],
  ])('that meets %s is neither canceled nor refused', async (_what, trouble) => {
    const id = await paid({ scheduledOn: '2099-01-04' });
    await qonto.fault(CANCEL, trouble);
    await expect(qonto.bank().cancelTransfer('c', id)).rejects.toThrow(BankUnavailableError);
  });
});

function documentOf(
  content: Buffer,
  contentType: BankDocument['contentType'] = 'application/pdf',
): BankDocument {
  return { fileName: 'é 1.pdf', contentType, content, key: randomUUID() };
}

async function pay(item: Partial<OrderItem> = {}) {
  const { proof } = await qonto.bank().checkPayees('c', [MATCH]);
  const items = [orderItem(item)];
  const request = qonto.bank().transferRequest({ ...MAIN, items, proof });
  return qonto.sendApproved('transfer', request);
}

async function paid(item: Partial<OrderItem> = {}): Promise<string> {
  const answer = await pay(item);
  if (answer.kind !== 'accepted') throw new Error(answer.kind);
  return answer.transfer.id;
}
