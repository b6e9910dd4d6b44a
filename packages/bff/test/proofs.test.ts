import { randomUUID } from 'node:crypto';
import type { PartnerPayment } from '@qonto-pay/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Journey, refusal } from './support/journey.js';
import type { Payer } from './support/payer.js';
import { unzip } from './support/unzip.js';
import { intentBody, OTHER_SECRET, startWorld, until, type World } from './support/world.js';

const DECLINED = '666.06';
const HEADER =
  '\uFEFFrow,invoice,payee,IBAN,amount,currency,reference,status,reason,scheduled on,transfer id';

let world: World;
let alice: Payer;
beforeAll(async () => {
  world = await startWorld();
  alice = await world.signedIn();
});
afterAll(() => world.close());

const download = (payer: Payer, intent: string, what: string) =>
  payer.page(`/pay/api/intents/${intent}/${what}`);

const contentOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

/** Time passes until the payment of the invoice has ended. */
async function ended(externalRef: string): Promise<PartnerPayment> {
  const look = async () => {
    await world.passTime(10);
    const answer = await world.partner('GET', `/partner/v1/payments?externalRef=${externalRef}`);
    const { payments } = (await answer.json()) as { payments: PartnerPayment[] };
    return payments[0];
  };
  const payment = await until(look, (now) => now?.final === true);
  return payment as PartnerPayment;
}

/** One invoice, paid. */
async function paid(changes: { externalRef?: string } = {}, payer = alice) {
  const journey = await Journey.pending(world, payer, changes);
  await journey.approve();
  return { journey, payment: await ended(journey.externalRef) };
}

const randomName = () => `Atelier ${randomUUID().replace(/[^a-f]/g, '')}`;

/** Several invoices of these amounts, paid in one approval. */
async function paidTogether(amounts: string[]) {
  // A name that was paid elsewhere before would ask for a decision.
  const items = amounts.map((amount) => intentBody({ amount, name: randomName() }).items[0]);
  const body = { ...intentBody(), items };
  const answer = await world.partner('POST', '/partner/v1/intents', { body });
  const { id } = (await answer.json()) as { id: string };
  await until(
    () => alice.state(id),
    ({ review }) => review?.check === 'done',
  );
  expect((await alice.confirm(id)).status).toBe(202);
  await until(
    () => alice.state(id),
    ({ payment }) => payment?.approval !== null && payment !== null,
  );
  await world.bank.decide('allow');
  const externalRefs = items.map(({ externalRef }) => externalRef);
  return { id, items, externalRefs, payment: await ended(externalRefs[0] ?? '') };
}

describe('the proof of a transfer', () => {
  it("is the bank's PDF, for the member who paid and for the partner", async () => {
    const { journey, payment } = await paid({ externalRef: `2026/17"${Date.now()}` });
    const own = await download(alice, journey.id, 'proof?item=0');
    const partner = await world.partner('GET', `/partner/v1/payments/${payment.id}/proof`);
    const fileName = `${journey.externalRef.replace(/[/"]/g, '-')}.pdf`;
    for (const answer of [own, partner]) {
      expect(answer.status).toBe(200);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': 'application/pdf',
        'content-disposition': `attachment; filename=${fileName}`,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      });
      const text = String(await contentOf(answer));
      expect(text.startsWith('%PDF-')).toBe(true);
      expect(text).toContain(journey.reference);
      expect(text).toContain(payment.items[0]?.transferId);
    }
  });

  it('is there once the transfer is settled, and not before', async () => {
    const { id } = await world.createIntent();
    expect(await refusal(await download(alice, id, 'proof?item=0'))).toEqual([
      ...[404, 'payment-not-found'],
    ]);
    expect(await refusal(await download(alice, id, 'proofs.zip'))).toEqual([
      409,
      'proof-not-ready',
    ]);
    const journey = await Journey.pending(world, alice);
    const [payment] = await journey.payments();
    const answers = [
      await download(alice, journey.id, 'proof?item=0'),
      await download(alice, journey.id, 'proofs.zip'),
      await world.partner('GET', `/partner/v1/payments/${payment?.id}/proof`),
    ];
    for (const answer of answers) expect(await refusal(answer)).toEqual([409, 'proof-not-ready']);
  });

  it('is told to be missing when the bank has none yet, or does not answer', async () => {
    const { journey, payment } = await paid();
    const path = `/v2/sepa/transfers/${payment.items[0]?.transferId}/download_proof`;
    const fault = (status: number) =>
      world.bank.faults({ match: { path }, do: { status, body: { errors: [] } } });
    await fault(404);
    expect(await refusal(await download(alice, journey.id, 'proof?item=0'))).toEqual([
      ...[409, 'proof-not-ready'],
    ]);
    await fault(503);
    expect(await refusal(await download(alice, journey.id, 'proof?item=0'))).toEqual([
      ...[503, 'bank-unavailable'],
    ]);
    expect((await download(alice, journey.id, 'proof?item=0')).status).toBe(200);
  });

  it.each(['', '?item=', '?item=-1', '?item=a', '?item=0&item=0', '?item=1000'])(
    'is of a row that is named by its number, not by %j',
    async (query) => {
      const { id } = await world.createIntent();
      expect(await refusal(await download(alice, id, `proof${query}`))).toEqual([
        ...[400, 'invalid-request'],
      ]);
    },
  );

  it('waits for the payer who has withdrawn the permission at the bank', async () => {
    const adam = await world.signedIn('Adam Dupont');
    const { payment } = await paid({}, adam);
    await world.bank.revokeConsent('adam');
    const answer = await world.partner('GET', `/partner/v1/payments/${payment.id}/proof`);
    expect(await refusal(answer)).toEqual([409, 'proof-not-ready']);
  });

  it('is of nobody else: not signed in, another member, another partner', async () => {
    const { journey, payment } = await paid();
    const adam = await world.signedIn('Adam Dupont');
    expect(await refusal(await download(adam, journey.id, 'proof?item=0'))).toEqual([
      ...[404, 'payment-not-found'],
    ]);
    expect(await refusal(await download(adam, journey.id, 'proofs.zip'))).toEqual([
      ...[409, 'proof-not-ready'],
    ]);
    for (const what of ['proof?item=0', 'proofs.zip', 'results.csv']) {
      const stranger = world.newPayer();
      expect(await refusal(await download(stranger, journey.id, what))).toEqual([
        ...[401, 'not-signed-in'],
      ]);
      const crossSite = await alice.page(`/pay/api/intents/${journey.id}/${what}`, {
        headers: { 'Sec-Fetch-Site': 'cross-site' },
      });
      expect(await refusal(crossSite)).toEqual([403, 'not-same-origin']);
      expect(await refusal(await download(alice, 'in_unknown', what))).toEqual([
        ...[404, 'intent-not-found'],
      ]);
    }
    for (const what of ['proof', 'results.csv']) {
      const path = `/partner/v1/payments/${payment.id}/${what}`;
      const ask = async (at: string, secret: string) =>
        refusal(await world.partner('GET', at, { secret }));
      expect(await ask(path, OTHER_SECRET)).toEqual([404, 'payment-not-found']);
      expect(await ask(path, 'wrong')).toEqual([401, 'partner-unauthorized']);
      const unknown = `/partner/v1/payments/pay_unknown/${what}`;
      expect(await ask(unknown, OTHER_SECRET)).toEqual([404, 'payment-not-found']);
    }
  });
});

describe('the proofs of many', () => {
  it('are an archive of those that settled, each under its row and invoice', async () => {
    const { id, externalRefs, items, payment } = await paidTogether([
      ...['10.00', '20.00', DECLINED, '40.00', '50.00', '60.00'],
    ]);
    expect(payment.status).toBe('partially_settled');
    const own = await download(alice, id, 'proofs.zip');
    const partner = await world.partner('GET', `/partner/v1/payments/${payment.id}/proof`);
    for (const [answer, name] of [
      [own, id],
      [partner, payment.id],
    ] as const) {
      expect(answer.headers.get('content-type')).toBe('application/zip');
      expect(answer.headers.get('content-disposition')).toContain(`proofs-${name}.zip`);
      const files = unzip(await contentOf(answer));
      const expected = [0, 1, 3, 4, 5].map((row) => `00${row + 1}-${externalRefs[row]}.pdf`);
      expect([...files.keys()]).toEqual(expected);
      const texts = [...files.values()].map(String);
      const references = [0, 1, 3, 4, 5].map((row) => items[row]?.reference ?? '-');
      expect(texts.map((text, at) => text.includes(references[at] ?? '-'))).toEqual(
        expected.map(() => true),
      );
    }
    expect(await refusal(await download(alice, id, 'proof?item=2'))).toEqual([
      ...[409, 'proof-not-ready'],
    ]);
    expect((await download(alice, id, 'proof?item=3')).status).toBe(200);
  });

  it('name those that the bank does not give, and have the others', async () => {
    const { id, externalRefs, payment } = await paidTogether(['10.00', '20.00', '30.00']);
    const [first, second] = payment.items.map(({ transferId }) => transferId);
    const path = (transferId = '') => `/v2/sepa/transfers/${transferId}/download_proof`;
    await world.bank.faults(
      { match: { path: path(first ?? '') }, do: { status: 404, body: { errors: [] } } },
      { match: { path: path(second ?? '') }, do: { resetBefore: true } },
    );
    const files = unzip(await contentOf(await download(alice, id, 'proofs.zip')));
    expect([...files.keys()]).toEqual([`003-${externalRefs[2]}.pdf`, 'missing.txt']);
    expect(String(files.get('missing.txt')).split('\r\n').slice(2, -1)).toEqual(
      externalRefs.slice(0, 2),
    );
  });
});

describe('the results as a table', () => {
  it('say of each row what became of it: to the payer all, to others less', async () => {
    const { id, items, payment } = await paidTogether(['10.00', DECLINED]);
    const line = (row: number, more: string[]) => {
      const { externalRef, payee, amount, reference } = items[row] ?? intentBody().items[0];
      const given = [externalRef, payee.name, payee.iban, amount, 'EUR', reference];
      return [String(row + 1), ...given, ...more].join(',');
    };
    const transfers = payment.items.map(({ transferId }) => transferId ?? '');
    const own = await download(alice, id, 'results.csv');
    expect(Object.fromEntries(own.headers)).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename=results-${id}.csv`,
    });
    const lines = [
      HEADER,
      line(0, ['settled', '', '', transfers[0] ?? '']),
      line(1, ['declined', 'insufficient-funds', '', transfers[1] ?? '']),
    ];
    expect(String(await contentOf(own))).toBe(`${lines.join('\r\n')}\r\n`);
    const partner = await world.partner('GET', `/partner/v1/payments/${payment.id}/results.csv`);
    expect(partner.headers.get('content-disposition')).toContain(`results-${payment.id}.csv`);
    expect(String(await contentOf(partner))).toBe(`${lines.join('\r\n')}\r\n`);

    const adam = await world.signedIn('Adam Dupont');
    const seen = String(await contentOf(await download(adam, id, 'results.csv'))).split('\r\n');
    expect(seen.slice(1, 3)).toEqual([
      line(0, ['settled', '', '', '']),
      line(1, ['declined', '', '', '']),
    ]);
  });

  it('are there before anything is paid', async () => {
    const { id } = await world.createIntent();
    const text = String(await contentOf(await download(alice, id, 'results.csv')));
    expect(text).toContain(',open,,,\r\n');
  });
});
