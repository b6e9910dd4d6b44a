import { readFile, writeFile } from 'node:fs/promises';
import type { BankTransfers } from '@qonto-pay/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CREATE } from './support/bank.js';
import { Journey, refusal } from './support/journey.js';
import { createMany } from './support/many.js';
import type { Payer } from './support/payer.js';
import { PlainBrowser } from './support/plain-browser.js';
import { readQrCode } from './support/qr-reader.js';
import { intentBody, OTHER_SECRET, SHOP, startWorld, type World } from './support/world.js';

let world: World;
let alice: Payer;
beforeAll(async () => {
  world = await startWorld();
  alice = await world.signedIn();
});
afterAll(() => world.close());

const path = (intent: string) => `/pay/api/intents/${intent}/bank-transfer`;

async function transfersOf(intent: string, payer = world.newPayer()): Promise<BankTransfers> {
  const answer = await payer.page(path(intent));
  expect(answer.status).toBe(200);
  return (await answer.json()) as BankTransfers;
}

/** Whether the page offers it, and what it would show. */
async function offered(intent: string, payer?: Payer) {
  const state = await (payer ?? world.newPayer()).state(intent);
  const { transfers, why } = await transfersOf(intent, payer);
  return { isOffered: state.bankTransfer, rows: transfers.map(({ index }) => index), why };
}

const nothing = (why: BankTransfers['why']) => ({ isOffered: false, rows: [], why });

describe('a bank transfer instead', () => {
  it('is told in full to whoever holds the intent, signed in or not', async () => {
    const name = 'Société Générale d’Équipement';
    const intent = await world.createIntent({
      name,
      amount: '12.3',
      reference: 'Facture n° 7 réglée',
    });
    const expected = {
      ...{ kind: 'transfer', why: null },
      transfers: [
        {
          ...{ index: 0, name, iban: intent.iban, amount: '12.30' },
          reference: 'Facture n. 7 reglee',
          payload: `BCD\n002\n1\nSCT\n\n${name}\n${intent.iban}\nEUR12.30\n\n\nFacture n. 7 reglee`,
        },
      ],
    };
    expect(await transfersOf(intent.id)).toEqual(expected);
    expect(await transfersOf(intent.id, alice)).toEqual(expected);
    expect((await world.newPayer().state(intent.id)).bankTransfer).toBe(true);
  });

  it('is told without a QR code where the name is too long for one', async () => {
    const intent = await world.createIntent({ name: 'ế'.repeat(70), reference: 'r'.repeat(140) });
    const { transfers } = await transfersOf(intent.id);
    expect(transfers).toMatchObject([{ name: 'ế'.repeat(70), payload: null }]);
  });

  it('is told to our own page only', async () => {
    const intent = await world.createIntent();
    for (const site of ['cross-site', 'same-site', 'none', undefined]) {
      const headers = { Origin: SHOP, ...(site && { 'Sec-Fetch-Site': site }) };
      const answer = await fetch(world.url + path(intent.id), { headers });
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      expect(await refusal(answer)).toEqual([403, 'not-same-origin']);
    }
    expect(await refusal(await alice.page(path('in_unknown')))).toEqual([404, 'intent-not-found']);
    const snapshot = await (await fetch(`${world.url}/v1/intents/${intent.id}`)).text();
    expect(snapshot).not.toContain(intent.iban);
  });

  it('is told after the sign-in only where the partner wants it so', async () => {
    const made = await world.partner('POST', '/partner/v1/intents', {
      ...{ body: intentBody(), secret: OTHER_SECRET },
    });
    const { id } = (await made.json()) as { id: string };
    expect(await offered(id)).toEqual(nothing('signed-out'));
    const payer = world.newPayer();
    await payer.signIn(id);
    expect(await offered(id, payer)).toEqual({ isOffered: true, rows: [0], why: null });
  });

  it('is told no more once the payer has confirmed, nor when it is paid', async () => {
    const journey = await Journey.pending(world, alice);
    expect(await offered(journey.id, alice)).toEqual(nothing('in-progress'));
    expect(await offered(journey.id)).toEqual(nothing('in-progress'));
    await journey.approve();
    await journey.reaches('processing');
    expect(await offered(journey.id, alice)).toEqual(nothing('in-progress'));
    await world.passTime(10);
    await journey.reaches('settled');
    expect(await offered(journey.id, alice)).toEqual(nothing('paid'));
  });

  it('is told no more while an answer of the bank is missing', async () => {
    const journey = await Journey.begin(world, alice);
    await world.bank.faults({ match: CREATE, do: { status: 502 } });
    await journey.confirmed();
    await journey.reaches('unknown');
    await world.bank.clearFaults();
    expect(await offered(journey.id)).toEqual(nothing('in-progress'));
  });

  it('is told again when the payment ended without money', async () => {
    const journey = await Journey.pending(world, alice);
    await journey.refuse();
    await journey.reaches('denied');
    expect(await offered(journey.id)).toEqual({ isOffered: true, rows: [0], why: null });
  });

  it('is not told of an invoice that another intent pays', async () => {
    const journey = await Journey.pending(world, alice);
    const twin = await world.createIntent({ externalRef: journey.externalRef });
    expect(await offered(twin.id)).toEqual(nothing('in-progress'));
  });

  it('is not told of an invoice that was withdrawn', async () => {
    const intent = await world.createIntent();
    await world.partner('DELETE', `/partner/v1/intents/${intent.id}`);
    expect(await offered(intent.id)).toEqual(nothing('withdrawn'));
  });

  it('is not told while the operator has paused the partner', async () => {
    const intent = await world.createIntent();
    const file = world.env.PARTNERS_FILE ?? '';
    const before = await readFile(file, 'utf8');
    const { partners } = JSON.parse(before) as { partners: { id: string }[] };
    const paused = partners.map((one) => ({ ...one, paused: true }));
    await writeFile(file, JSON.stringify({ partners: paused }));
    const instance = await world.startInstance();
    const payer = world.newPayer().through(instance.url);
    expect(await offered(intent.id, payer)).toEqual(nothing('paused'));
    await instance.close();
    await writeFile(file, before);
  });

  it('of many invoices is told row by row, without those that are being paid', async () => {
    const journey = await Journey.pending(world, alice);
    const { externalRef } = journey;
    const intent = await createMany(world, [{ amount: '10.00' }, { externalRef }, { amount: '3' }]);
    expect(await offered(intent)).toEqual({ isOffered: true, rows: [0, 2], why: null });
  });

  it('is told for the client of a company that collects, where it has named an account', async () => {
    const { returnUrl, items } = intentBody({ name: 'Café Crème' });
    const [{ payee, externalRef }] = items;
    const row = { title: 'Chairs', quantity: '2', unitPrice: '10.99', vatRate: '21' };
    const order = { kind: 'link', methods: ['credit_card'], basket: { items: [row] } };
    const create = async (more: object): Promise<string> => {
      const body = { ...order, returnUrl, currency: 'EUR', ...more };
      const answer = await world.partner('POST', '/partner/v1/intents', { body });
      return ((await answer.json()) as { id: string }).id;
    };
    const id = await create({ externalRef, payee, reference: 'Invoice 77' });
    expect(await transfersOf(id)).toEqual({
      ...{ kind: 'link', why: null },
      transfers: [
        {
          ...{ index: 0, ...payee, amount: '26.60', reference: 'Invoice 77' },
          payload: `BCD\n002\n1\nSCT\n\n${payee.name}\n${payee.iban}\nEUR26.60\n\n\nInvoice 77`,
        },
      ],
    });
    const unnamed = await create({ externalRef: `${externalRef}-2` });
    expect(await offered(unnamed)).toEqual(nothing('not-offered'));
  });
});

describe('without script', () => {
  const plain = async (intent: string, query = '') => {
    const page = new PlainBrowser(world.newPayer(), { url: world.url, intent });
    await page.open(`/pay/${intent}/plain${query}`);
    return page;
  };

  it('it is offered by a link, and shown with a code that another decoder reads', async () => {
    const intent = await world.createIntent({ name: 'Café & Crème SARL', amount: '7.50' });
    const before = await plain(intent.id);
    expect(before.html).toContain(`href="/pay/${intent.id}/plain?transfer=0#transfer"`);
    expect(before.text).not.toContain('Crème');
    const page = await plain(intent.id, '?transfer=0');
    const [row] = (await transfersOf(intent.id)).transfers;
    expect(readQrCode(page.html)).toBe(row?.payload);
    for (const words of ['Café & Crème SARL', '€7.50', intent.reference, 'Pay once only'])
      expect(page.text).toContain(words);
    expect(page.text).toContain(intent.iban.replace(/(.{4})(?=.)/g, '$1 '));
    expect((await plain(intent.id, '?transfer=0&lang=fr')).text).toContain('Payez une seule fois');
  });

  it('one of many invoices is chosen', async () => {
    const intent = await createMany(world, [{ amount: '10.00' }, { amount: '20.00' }]);
    const { transfers } = await transfersOf(intent);
    for (const row of [0, 1]) {
      const page = await plain(intent, `?transfer=${row}`);
      expect(page.html).toContain(`<option value="${row}" selected>`);
      expect(readQrCode(page.html)).toBe(transfers[row]?.payload);
    }
    const unknown = await plain(intent, '?transfer=nonsense');
    expect(readQrCode(unknown.html)).toBe(transfers[0]?.payload);
  });

  it('nothing is shown of an invoice that is being paid', async () => {
    const journey = await Journey.pending(world, alice);
    const page = await plain(journey.id, '?transfer=0');
    expect(page.html).not.toContain('id="transfer"');
    expect(page.html).not.toContain('id="bank-transfer"');
  });

  it('it is led to where Qonto does not answer the sign-in', async () => {
    const intent = await world.createIntent();
    const payer = world.newPayer();
    const pages: string[] = [];
    const request = payer.request.bind(payer);
    payer.request = async (url, init) => {
      const answer = await request(url, init);
      if (url.includes('/oauth/callback/')) pages.push(await answer.clone().text());
      return answer;
    };
    await world.bank.faults({ match: { path: '/oauth2/token' }, do: { status: 503 } });
    await expect(payer.signIn(intent.id)).rejects.toThrow('signed in at');
    expect(pages.at(-1)).toContain('Qonto does not answer');
    expect(pages.at(-1)).toContain(`<a href="/pay/${intent.id}">Other ways to pay</a>`);
  });
});
