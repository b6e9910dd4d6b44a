import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Driver } from './driver.js';
import { ORDER_SCOPES, PDF, sendFile, upload } from './orders.js';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00]);

let bank: Driver;
let alice: string;

beforeAll(async () => {
  bank = await Driver.start();
});
beforeEach(async () => {
  await bank.control('POST', '/reset');
  alice = await bank.token('alice', ORDER_SCOPES);
});
afterAll(() => bank.close());

const filled = (bytes: number) => Buffer.concat([PDF, Buffer.alloc(bytes - PDF.length)]);

describe('uploading', () => {
  it('answers the id and nothing else (facts 4.9)', async () => {
    const { status, json } = await sendFile(bank, alice, { content: PDF });
    expect(status).toBe(200);
    expect(json).toEqual({ attachment: { id: expect.stringMatching(/^[0-9a-f-]{36}$/) } });
  });

  it.each([
    ['a PDF', PDF, 'application/pdf'],
    ['a PNG', PNG, 'image/png'],
    ['a JPEG', JPEG, 'image/jpeg'],
  ])('takes %s, told by its content (facts 4.9)', async (_what, content, type) => {
    const { json } = await sendFile(bank, alice, { content, name: 'anything.bin' });
    const shown = await bank.get(`/v2/attachments/${json.attachment.id}`, alice);
    expect(shown.json.attachment).toMatchObject({
      ...{ file_name: 'anything.bin', file_size: content.length, file_content_type: type },
      probative_attachment: { status: expect.any(String) },
    });
  });

  it('refuses another type whatever its name says (facts 4.9)', async () => {
    const content = Buffer.from('<script>');
    expect(await sendFile(bank, alice, { content })).toMatchObject({
      ...{ status: 422, json: { errors: [{ source: { pointer: '/file' } }] } },
    });
  });

  it('refuses a file under another part name, and a body that is no form (facts 4.9)', async () => {
    expect((await sendFile(bank, alice, { content: PDF, part: 'document' })).status).toBe(422);
    const key = { 'X-Qonto-Idempotency-Key': randomUUID() };
    expect((await bank.post('/v2/attachments', alice, { file: 'x' }, key)).status).toBe(422);
  });

  it('takes 10 MB and refuses more with 413, or 422 by the switch (facts 4.9)', async () => {
    const limit = 10 * 1024 * 1024;
    expect((await sendFile(bank, alice, { content: filled(limit) })).status).toBe(200);
    expect((await sendFile(bank, alice, { content: filled(limit + 1) })).status).toBe(413);
    await bank.control('PUT', '/switches', { attachment_too_large_status: 422 });
    expect((await sendFile(bank, alice, { content: filled(limit + 1) })).status).toBe(422);
  });

  it('needs its scope and its key (facts 2.3, 4.9, 5.2)', async () => {
    expect((await sendFile(bank, await bank.token(), { content: PDF })).status).toBe(403);
    const body = new FormData();
    body.append('file', new Blob([PDF]), 'a.pdf');
    const headers = { authorization: `Bearer ${alice}` };
    expect((await bank.send('POST', '/v2/attachments', { headers, body })).status).toBe(400);
  });
});

describe('an attachment', () => {
  it('has a short-lived address for its content (facts 4.9)', async () => {
    const id = await upload(bank, PNG);
    const { json } = await bank.get(`/v2/attachments/${id}`, alice);
    const { pathname, search, origin } = new URL(json.attachment.url);
    expect(origin).toBe(bank.url);
    const file = await fetch(json.attachment.url);
    expect(file.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await file.arrayBuffer())).toEqual(PNG);
    await bank.advance(1800);
    expect((await bank.send('GET', pathname + search)).status).toBe(403);
    expect((await bank.send('GET', `${pathname}?expires=9999999999999&signature=x`)).status).toBe(
      403,
    );
  });

  it('may tell its size as a string (facts 4.9)', async () => {
    await bank.control('PUT', '/switches', { attachment_file_size: 'string' });
    const { json } = await bank.get(`/v2/attachments/${await upload(bank)}`, alice);
    expect(json.attachment.file_size).toBe(String(PDF.length));
  });

  it('is read with either scope, by its own organisation (facts 2.3, 4.9)', async () => {
    const path = `/v2/attachments/${await upload(bank)}`;
    expect((await bank.get(path, await bank.token('alice', 'attachment.read'))).status).toBe(200);
    expect((await bank.get(path, await bank.token('alice', 'membership.read'))).status).toBe(403);
    expect((await bank.get(path, await bank.token('nora'))).status).toBe(404);
  });

  it('of a supplier invoice may go straight into a transfer (facts 4.14)', async () => {
    const token = await bank.token('alice', 'supplier_invoice.read');
    const { json } = await bank.get('/v2/supplier_invoices', token);
    const attachment_ids = [json.supplier_invoices[0].attachment_id];
    const paid = await bank.pay(alice, { amount: '30000.01', attachment_ids });
    expect(paid.status).toBe(200);
    const path = `/v2/attachments/${attachment_ids[0]}`;
    expect((await bank.get(path, alice)).json.attachment.file_name).toBe('document.pdf');
  });

  it('must be there when a transfer names it (facts 4.4, 4.9)', async () => {
    const attachment_ids = [randomUUID()];
    const refused = await bank.pay(alice, { attachment_ids });
    expect(refused).toMatchObject({
      ...{ status: 422, json: { errors: [{ source: { pointer: '/transfer/attachment_ids' } }] } },
    });
    await bank.control('PUT', '/switches', { unknown_attachments: 'taken' });
    expect((await bank.pay(alice, { attachment_ids })).status).toBe(200);
  });
});

describe('the proof of a transfer', () => {
  const proofOf = (id: string, token = alice) =>
    bank.post(`/v2/sepa/transfers/${id}/download_proof`, token);

  it('is a PDF once it is settled, and not before (facts 4.4, 8 no. 13)', async () => {
    const { id } = (await bank.pay(alice, { reference: 'INV (7) é€' })).json.transfer;
    expect((await proofOf(id)).status).toBe(404);
    await bank.advance(3);
    const answer = await proofOf(id);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(answer.text).toMatch(/^%PDF-1\.4/);
    expect(answer.text).toContain('INV \\(7\\)');
  });

  it('is hidden from another organisation and needs its scope (facts 2.3, 4.4)', async () => {
    const { id } = (await bank.pay(alice)).json.transfer;
    await bank.advance(3);
    expect((await proofOf(id, await bank.token('nora'))).status).toBe(404);
    expect((await proofOf(id, await bank.token('alice', 'organization.read'))).status).toBe(403);
    expect((await bank.get(`/v2/sepa/transfers/${id}/proof`, alice)).status).toBe(404);
  });

  it('is at GET …/proof too where the switch says so (facts 4.4, 8 no. 13)', async () => {
    await bank.control('PUT', '/switches', { transfer_proof_address: 'both' });
    const { id } = (await bank.pay(alice)).json.transfer;
    const path = `/v2/sepa/transfers/${id}/proof`;
    expect((await bank.get(path, alice)).status).toBe(404);
    await bank.advance(3);
    const answer = await bank.get(path, alice);
    expect([answer.status, answer.text]).toEqual([200, (await proofOf(id)).text]);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect((await bank.get(path, await bank.token('alice', 'organization.read'))).status).toBe(403);
  });
});
