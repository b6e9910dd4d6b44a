import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LogFields } from '../src/payments/ports.js';
import { Journey, refusal } from './support/journey.js';
import { PartnerHost, pdf, sha256 } from './support/partner-host.js';
import type { Payer } from './support/payer.js';
import { intentBody, startWorld, until, type World } from './support/world.js';

const LARGE = '30000.01';
const UPLOAD = 'POST /v2/attachments';
const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(randomUUID())]);

let world: World;
let host: PartnerHost;
/** By path, what the partner's host answers; anything else never comes. */
const files = new Map<string, { status?: number; location?: string; content?: Buffer }>();
const logged: LogFields[] = [];
let alice: Payer;

beforeAll(async () => {
  host = await PartnerHost.start((req, res) => {
    const file = files.get(req.url ?? '');
    if (!file) return;
    const { status = 200, location, content } = file;
    res.writeHead(status, location ? { Location: location } : {}).end(content);
  });
  const keep = (fields: LogFields) => void logged.push(fields);
  const log = { info: keep, warn: keep, error: keep };
  world = await startWorld({ attachmentHosts: [host.origin], log });
  alice = await withConsent();
});
afterAll(async () => {
  await world.close();
  await host.close();
});

async function withConsent(memberName?: string): Promise<Payer> {
  const payer = await world.signedIn(memberName);
  const { id } = await world.createIntent();
  await payer.signIn(id, memberName, { wanted: 'documents' });
  return payer;
}

/** The row of an invoice for which the partner has these documents. */
async function withAttachments(attachments: { url: string; sha256: string }[], count = 1) {
  const items = Array.from({ length: count }, () => ({
    ...intentBody({ amount: LARGE }).items[0],
    attachments,
  }));
  const body = { ...intentBody(), items };
  const answer = await world.partner('POST', '/partner/v1/intents', { body });
  return ((await answer.json()) as { id: string }).id;
}

/** A document on the partner's host; its mark is of `content`, whatever is really there. */
function onHost(content: Buffer, real: Parameters<typeof files.set>[1] = { content }) {
  const path = `/${randomUUID()}.pdf`;
  files.set(path, real);
  return { url: host.origin + path, sha256: sha256(content) };
}

/** The states of the rows that were asked for. */
async function documentsOf(payer: Payer, intent: string) {
  return (await payer.review(intent)).items.map(({ document }) => document);
}

async function reaches(payer: Payer, intent: string, state: string) {
  await until(
    () => documentsOf(payer, intent),
    (states) => states.every((one) => one === state),
  );
}

interface Upload {
  content: Buffer;
  item?: string;
  pageToken?: string;
  fileName?: string;
}

async function upload(payer: Payer, intent: string, options: Upload) {
  const pageToken = options.pageToken ?? (await payer.openPage(intent));
  const form = new FormData();
  form.set('pageToken', pageToken);
  form.set('item', options.item ?? '0');
  form.set('file', new Blob([new Uint8Array(options.content)]), options.fileName ?? 'scan.pdf');
  return send(payer, intent, form);
}

const send = (
  payer: Payer,
  intent: string,
  body: FormData | URLSearchParams | string,
  headers = {},
) =>
  payer.page(`/pay/api/intents/${intent}/documents`, {
    method: 'POST',
    headers: { Origin: world.url, ...headers },
    body,
  });

/** How many documents the bank has been given. */
async function uploads(): Promise<number> {
  const { calls } = await world.bank.ledger();
  return Object.values(calls[UPLOAD] ?? {}).reduce((sum, count) => sum + count, 0);
}

/** What the bank holds under the ids that we keep for this content. */
async function atBank(content: Buffer) {
  const { rows } = await world.database.query<{ attachment_id: string }>(
    'select attachment_id from bank_documents where sha256 = $1',
    [sha256(content)],
  );
  const token = await world.bank.token('alice', 'attachment.read');
  const found = rows.map(async ({ attachment_id: id }) => {
    const answer = await fetch(`${world.bank.url}/v2/attachments/${id}`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    const { attachment } = (await answer.json()) as { attachment: Record<string, unknown> };
    const { file_name: name, file_content_type: type } = attachment;
    return { id, name, type };
  });
  return Promise.all(found);
}

describe('a payment above 30,000 EUR', () => {
  it('needs a document, which the payer adds, and which travels with the transfer', async () => {
    const journey = await Journey.begin(world, alice, { amount: LARGE, externalRef: 'A/17"b"' });
    expect(await documentsOf(alice, journey.id)).toEqual(['missing']);
    const early = await alice.confirm(journey.id);
    expect(await refusal(early.clone())).toEqual([409, 'document-missing']);
    expect(await early.json()).toMatchObject({ field: 'items[0]' });
    await journey.expectUntouched();

    const content = pdf(journey.id);
    const added = await upload(alice, journey.id, { content });
    expect(added.status).toBe(200);
    expect(await added.json()).toMatchObject({ review: { items: [{ document: 'ready' }] } });
    await journey.confirmed();
    await journey.reaches('approval_needed');
    await journey.approve();
    await journey.reaches('processing');
    await world.passTime(10);
    await journey.reaches('settled');
    const [document] = await atBank(content);
    expect(document).toMatchObject({ name: 'A-17-b-.pdf', type: 'application/pdf' });
    const [attempt] = await journey.attempts();
    expect(String(attempt?.body)).toContain(`"attachment_ids":["${document?.id}"]`);
  });

  it('of exactly 30,000 EUR needs none', async () => {
    const { id } = await world.createIntent({ amount: '30000.00' });
    expect(await documentsOf(alice, id)).toEqual(['not-needed']);
    const answer = await upload(alice, id, { content: pdf(id) });
    expect(await refusal(answer)).toEqual([400, 'invalid-selection']);
  });

  it('asks for the permission first, and takes nothing without it', async () => {
    const payer = await world.signedIn('Noah Bernard');
    const { id } = await world.createIntent({ amount: LARGE });
    expect(await documentsOf(payer, id)).toEqual(['consent']);
    const before = await uploads();
    const answer = await upload(payer, id, { content: pdf(id) });
    expect(await refusal(answer)).toEqual([403, 'consent-required']);
    expect(await uploads()).toBe(before);
  });

  it('is noted in the audit log with the mark of its document, once', async () => {
    const { id } = await world.createIntent({ amount: LARGE });
    const content = pdf(id);
    await upload(alice, id, { content });
    await upload(alice, id, { content });
    const { rows } = await world.database.query(
      `select actor like 'connection:%' as by_member, detail from audit_log
       where intent_id = $1 and action = 'document-added'`,
      [id],
    );
    expect(rows).toEqual([{ by_member: true, detail: { item: 0, sha256: sha256(content) } }]);
  });
});

describe('a document that the payer adds', () => {
  it('goes to the bank once, whoever of the organisation adds it and however often', async () => {
    const adam = await withConsent('Adam Dupont');
    const content = pdf(randomUUID());
    const intents = [];
    for (let count = 0; count < 3; count += 1) {
      intents.push((await world.createIntent({ amount: LARGE })).id);
    }
    const [first = '', second = '', third = ''] = intents;
    const before = await uploads();
    const token = await alice.openPage(first);
    // A double click: both at once.
    const both = [1, 2].map(() => upload(alice, first, { content, pageToken: token }));
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([200, 200]);
    expect((await upload(alice, second, { content })).status).toBe(200);
    expect((await upload(adam, third, { content })).status).toBe(200);
    expect(await uploads()).toBe(before + 1);
    expect(await atBank(content)).toHaveLength(1);
    expect(await documentsOf(adam, third)).toEqual(['ready']);
  });

  it('is for its row, and for nobody of another organisation', async () => {
    const nora = await withConsent('Nora Petit');
    const { id } = await world.createIntent({ amount: LARGE });
    await upload(alice, id, { content: pdf(id) });
    expect(await documentsOf(alice, id)).toEqual(['ready']);
    expect(await documentsOf(nora, id)).toEqual(['missing']);
  });

  it('may be a photo; its type is what its bytes say', async () => {
    const { id } = await world.createIntent({ amount: LARGE });
    const answer = await upload(alice, id, { content: JPEG, fileName: 'invoice.pdf' });
    expect(answer.status).toBe(200);
    expect(await atBank(JPEG)).toMatchObject([{ type: 'image/jpeg' }]);
  });

  it.each<[what: string, options: Upload, status: number, code: string]>([
    ['a page', { content: Buffer.from('<!doctype html>') }, 415, 'document-not-accepted'],
    ['an SVG', { content: Buffer.from('<svg/>') }, 415, 'document-not-accepted'],
    ['nothing', { content: Buffer.alloc(0) }, 415, 'document-not-accepted'],
    ['one byte too much', { content: largePdf(10_000_001) }, 413, 'document-too-large'],
    ['far too much', { content: largePdf(40_000_000) }, 413, 'document-too-large'],
    ['of no row', { content: pdf('x'), item: '1' }, 400, 'invalid-selection'],
    ['of a row that is none', { content: pdf('x'), item: '1.5' }, 400, 'invalid-request'],
    ['of all rows', { content: pdf('x'), item: 'all' }, 400, 'invalid-request'],
  ])('is refused, and nothing is sent: %s', async (_what, options, status, code) => {
    const { id } = await world.createIntent({ amount: LARGE });
    const before = await uploads();
    expect(await refusal(await upload(alice, id, options))).toEqual([status, code]);
    expect(await uploads()).toBe(before);
    expect(await documentsOf(alice, id)).toEqual(['missing']);
  });

  it('may have ten megabytes', async () => {
    const { id } = await world.createIntent({ amount: LARGE });
    const answer = await upload(alice, id, { content: largePdf(10_000_000) });
    expect(answer.status).toBe(200);
  });

  it('is one of a few that are read at once, and more are told to come again', async () => {
    const { id } = await world.createIntent({ amount: LARGE });
    const pageToken = await alice.openPage(id);
    const content = largePdf(1_000_000);
    const answers = await Promise.all(
      Array.from({ length: 16 }, () => upload(alice, id, { content, pageToken })),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(8);
    expect(refused.length).toBeGreaterThan(0);
    expect(await refusal(refused[0] as Response)).toEqual([429, 'too-many-requests']);
    expect((await upload(alice, id, { content, pageToken })).status).toBe(200);
  });

  it('is sent in a form that is as documented', async () => {
    const { id } = await world.createIntent({ amount: LARGE });
    const pageToken = await alice.openPage(id);
    const fields = (...more: [string, string | Blob][]) => {
      const form = new FormData();
      for (const [name, value] of [['pageToken', pageToken], ...more] as [string, string][]) {
        form.append(name, value);
      }
      return form;
    };
    const file: [string, Blob] = ['file', new Blob([new Uint8Array(pdf('x'))])];
    const item: [string, string] = ['item', '0'];
    const broken =
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-';
    const multipart = { 'Content-Type': 'multipart/form-data; boundary=x' };
    const answers = [
      await send(alice, id, fields(item)),
      await send(alice, id, fields(file)),
      await send(alice, id, fields(item, file, file)),
      await send(alice, id, fields(item, ['another', file[1]])),
      await send(alice, id, fields(item, item, file)),
      await send(alice, id, fields(item, file, ['note', 'x'])),
      await send(alice, id, fields(item, file, ['note', 'x'.repeat(2000)])),
      await send(alice, id, broken, multipart),
      await send(alice, id, 'nothing', multipart),
      await send(alice, id, 'x', { 'Content-Type': 'multipart/form-data' }),
    ];
    for (const answer of answers) expect(await refusal(answer)).toEqual([400, 'invalid-request']);
    expect(await documentsOf(alice, id)).toEqual(['missing']);
  });

  it('comes from our own page, of a payer who is signed in', async () => {
    const { id } = await world.createIntent({ amount: LARGE });
    const content = pdf(id);
    const stranger = world.newPayer();
    expect(await refusal(await upload(stranger, id, { content }))).toEqual([401, 'not-signed-in']);
    // Refused before its ten megabytes are read.
    const large = largePdf(10_000_000);
    const early = await upload(stranger, id, { content: large, pageToken: 'x' });
    expect(await refusal(early)).toEqual([401, 'not-signed-in']);
    const young = await alice.youngToken(id);
    expect(await refusal(await upload(alice, id, { content, pageToken: young }))).toEqual([
      ...[403, 'page-token-too-young'],
    ]);
    expect(await refusal(await upload(alice, id, { content, pageToken: 'x' }))).toEqual([
      ...[403, 'page-token-invalid'],
    ]);
    const form = new FormData();
    for (const headers of [{ Origin: 'https://evil.example' }, { 'Sec-Fetch-Site': 'same-site' }]) {
      const answer = await send(alice, id, form, headers);
      expect(await refusal(answer)).toEqual([403, 'not-same-origin']);
    }
    const urlencoded = new URLSearchParams({ item: '0' });
    expect(await refusal(await send(alice, id, urlencoded))).toEqual([
      415,
      'unsupported-media-type',
    ]);
    expect(await refusal(await upload(alice, 'in_unknown', { content, pageToken: 'x' }))).toEqual([
      ...[404, 'intent-not-found'],
    ]);
    expect(await documentsOf(alice, id)).toEqual(['missing']);
  });

  it('may come without script, and is answered with the way back to the plain page', async () => {
    const { id } = await world.createIntent({ amount: LARGE });
    const form = new FormData();
    form.set('pageToken', await alice.openPage(id));
    form.set('item', '0');
    form.set('file', new Blob([new Uint8Array(pdf(id))]), 'scan.pdf');
    const answer = await send(alice, id, form, { Accept: 'text/html,*/*;q=0.8' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/pay/${id}/plain`]);
    expect(await documentsOf(alice, id)).toEqual(['ready']);
  });

  it('is kept for another try when the bank does not answer', async () => {
    const { id } = await world.createIntent({ amount: LARGE });
    await world.bank.faults({
      match: { method: 'POST', path: '/v2/attachments', times: 1 },
      do: { status: 500 },
    });
    const content = pdf(id);
    expect(await refusal(await upload(alice, id, { content }))).toEqual([503, 'bank-unavailable']);
    expect((await upload(alice, id, { content })).status).toBe(200);
    expect(await atBank(content)).toHaveLength(1);
  });
});

function largePdf(size: number): Buffer {
  const content = Buffer.alloc(size, randomUUID());
  pdf('').copy(content);
  return content;
}

describe('a document that the partner has', () => {
  it('is fetched and given to the bank by itself, once for all rows that name it', async () => {
    const content = pdf(randomUUID());
    const attachment = onHost(content);
    const before = await uploads();
    const intent = await withAttachments([attachment]);
    const again = await withAttachments([attachment]);
    await reaches(alice, intent, 'ready');
    await reaches(alice, again, 'ready');
    expect(await uploads()).toBe(before + 1);
    expect(host.asked.filter(({ url }) => attachment.url.endsWith(url ?? '-'))).toHaveLength(1);
    expect(await atBank(content)).toMatchObject([{ type: 'application/pdf' }]);
  });

  it('is told by the stream of the page when it is there', async () => {
    const intent = await withAttachments([onHost(pdf(randomUUID()))]);
    const answer = await alice.page(`/pay/api/intents/${intent}/events`);
    let text = '';
    for await (const chunk of answer.body ?? []) {
      text += Buffer.from(chunk).toString();
      if (text.includes('"document":"ready"')) break;
    }
    expect(text).toContain('"document":"ready"');
  });

  it('is not fetched before the permission to upload it is there', async () => {
    const payer = await world.signedIn('Noah Bernard');
    const attachment = onHost(pdf(randomUUID()));
    const intent = await withAttachments([attachment]);
    expect(await documentsOf(payer, intent)).toEqual(['consent']);
    expect(host.asked.filter(({ url }) => attachment.url.endsWith(url ?? '-'))).toEqual([]);
  });

  it.each<[cause: string, attachment: () => { url: string; sha256: string }]>([
    ['another-content', () => onHost(pdf('this'), { content: pdf('that') })],
    ['not-a-document', () => onHost(Buffer.from('<!doctype html>'))],
    ['redirected', () => onHost(pdf('r'), { status: 302, location: '/elsewhere.pdf' })],
    ['not-there', () => onHost(pdf('n'), { status: 404 })],
    ['too-large', () => onHost(largePdf(10_000_001))],
  ])('is refused, and says in the log why: %s', async (cause, attachment) => {
    const before = await uploads();
    const intent = await withAttachments([attachment()]);
    await reaches(alice, intent, 'failed');
    expect(logged.filter(({ intentId }) => intentId === intent)).toMatchObject([
      { event: 'document-refused', partnerId: 'demo', cause },
    ]);
    expect(await uploads()).toBe(before);
    expect(await refusal(await alice.confirm(intent))).toEqual([409, 'document-missing']);
    // The payer may have the paper.
    await upload(alice, intent, { content: pdf(randomUUID()) });
    expect(await documentsOf(alice, intent)).toEqual(['ready']);
  });

  it('travels with the rows that need one, and with no other', async () => {
    const attachments = [onHost(pdf(randomUUID()))];
    const items = [LARGE, '10.00', LARGE].map((amount) => {
      const name = `Atelier ${randomUUID().replace(/[^a-f]/g, '')}`;
      return { ...intentBody({ amount, name }).items[0], attachments };
    });
    const body = { ...intentBody(), items };
    const answer = await world.partner('POST', '/partner/v1/intents', { body });
    const { id } = (await answer.json()) as { id: string };
    const states = ['ready', 'not-needed', 'ready'];
    await until(
      () => alice.state(id),
      ({ review }) =>
        review?.check === 'done' &&
        review.items.every(({ document }, row) => document === states[row]),
    );
    expect((await alice.confirm(id)).status).toBe(202);
    const { rows } = await world.database.query<{ body: Buffer }>(
      'select body from attempts a join payments p on p.id = a.payment_id where intent_id = $1',
      [id],
    );
    const sent = JSON.parse(String(rows[0]?.body)) as { bulk_transfers: object[] };
    const idsOf = sent.bulk_transfers.map((one) => 'attachment_ids' in one && one.attachment_ids);
    const found = await world.database.query<{ attachment_id: string }>(
      'select attachment_id from bank_documents where sha256 = $1',
      [attachments[0]?.sha256],
    );
    const expected = found.rows.map(({ attachment_id: one }) => one);
    expect(expected).toHaveLength(1);
    expect(idsOf).toEqual([expected, false, expected]);
  });

  it('that fails gives way to the next one of the row', async () => {
    const good = pdf(randomUUID());
    const bad = onHost(pdf('gone'), { status: 404 });
    await reaches(alice, await withAttachments([bad, onHost(good)]), 'ready');
    expect(await atBank(good)).toHaveLength(1);
  });

  it('that does not come keeps the payer waiting, but not from adding it', async () => {
    const content = pdf(randomUUID());
    const intent = await withAttachments([
      { url: `${host.origin}/never.pdf`, sha256: sha256(content) },
    ]);
    expect(await documentsOf(alice, intent)).toEqual(['fetching']);
    await upload(alice, intent, { content });
    expect(await documentsOf(alice, intent)).toEqual(['ready']);
  });

  it('is on a host that was registered, or the intent is refused', async () => {
    const item = { ...intentBody({ amount: LARGE }).items[0] };
    const attachments = [{ url: 'https://evil.example/1.pdf', sha256: sha256(pdf('')) }];
    const body = {
      ...intentBody(),
      items: [item, { ...item, externalRef: 'second', attachments }],
    };
    const answer = await world.partner('POST', '/partner/v1/intents', { body });
    expect(await answer.json()).toMatchObject({
      ...{ code: 'invalid-attachment', field: 'items[1].attachments[0].url' },
    });
  });
});
