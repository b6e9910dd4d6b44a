import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BFF, Site } from './site.js';
import { VisitorBrowser } from './visitor-browser.js';

describe('the page of the company’s own invoices', () => {
  let site: Site;
  let visitor: VisitorBrowser;

  beforeEach(async () => {
    site = new Site();
    await site.start();
    visitor = new VisitorBrowser(site.port);
  });

  afterEach(() => site.stop());

  const shown = (html: string) => /data-number="(ACME-[^"]+)"/.exec(html)?.[1] ?? '';
  const badge = (html: string) => /data-state="([\w-]+)" id="state">([^<]*)</.exec(html)?.slice(1);
  const asked = () => site.service.created.at(-1)?.body;

  it('shows a new visitor an invoice with rows and VAT, and the element that collects', async () => {
    const { status, html } = await visitor.get('/receivables');
    expect(status).toBe(200);
    const intent = `in_${shown(html)}`;
    expect(html).toContain(
      `<qonto-pay-button mode="collect" intent="${intent}" amount="1050.00" currency="EUR">`,
    );
    expect(html).toContain(`href="${BFF}/pay/${intent}">Create a payment link with Qonto</a>`);
    expect(badge(html)).toEqual(['unpaid', 'Not paid']);
  });

  it('tells the payment service the rows, with the partner’s secret', async () => {
    const number = shown((await visitor.get('/receivables')).html);
    const [created] = site.service.created;
    expect(created).toMatchObject({
      authorization: 'Bearer secret',
      idempotencyKey: `${number}-1`,
    });
    expect(created?.body).toMatchObject({
      ...{ kind: 'link', externalRef: number, currency: 'EUR', reusable: false },
      basket: {
        items: [
          { quantity: '2', unitPrice: '310.00', vatRate: '20', type: 'good' },
          { quantity: '5', unitPrice: '48.00', vatRate: '10', type: 'service' },
          { quantity: '1', unitPrice: '35.00', vatRate: '20', type: 'service' },
        ],
      },
      payee: { name: 'ACME SAS', iban: 'FR7616958000011111111110107' },
      reference: `Invoice ${number}`,
      returnUrl: `http://localhost:${site.port}/receivables/${number}`,
    });
  });

  it('bills an invoice as one amount, and what many may pay for', async () => {
    const first = shown((await visitor.get('/receivables')).html);
    const second = first.replace('-01', '-02');
    await visitor.get(`/receivables/${second}`);
    const invoice = { number: second, debtor: 'Galerie Montaigne SAS', amount: '1020.90' };
    expect(asked()).toMatchObject({ reusable: false, invoice });
    expect(asked()).not.toHaveProperty('basket');
    await visitor.get(`/receivables/${first.replace('-01', '-03')}`);
    expect(asked()).toMatchObject({ reusable: true, basket: { items: [{ quantity: '1' }] } });
  });

  it.each([
    ['in-progress', 'open', ['shared', 'Link open']],
    ['in-progress', 'processing', ['in-progress', 'In progress']],
    ['paid', 'paid', ['paid', 'Paid']],
    [null, 'expired', ['unpaid', 'Not paid']],
  ])('says how it is when the link is so: %s, %s', async (why, status, state) => {
    const number = shown((await visitor.get('/receivables')).html);
    if (why) site.service.whyByRef.set(number, why);
    site.service.linkByRef.set(number, { status, payments: [] });
    expect(badge((await visitor.get(`/receivables/${number}`)).html)).toEqual(state);
    const { html } = await visitor.get(`/receivables/${number}/state`);
    expect(Object.values(JSON.parse(html))).toEqual(state);
  });

  it('counts the payments of what many may pay for', async () => {
    const number = shown((await visitor.get('/receivables')).html).replace('-01', '-03');
    await visitor.get(`/receivables/${number}`);
    site.service.whyByRef.set(number, 'in-progress');
    const payments = ['paid', 'failed', 'paid'].map((status) => ({ status }));
    site.service.linkByRef.set(number, { status: 'open', payments });
    const { html } = await visitor.get(`/receivables/${number}/state?lang=fr`);
    expect(JSON.parse(html)).toEqual({ state: 'shared', label: 'Payé 2 fois' });
  });

  it('makes another one on demand, and keeps them over a restart', async () => {
    await visitor.get('/receivables');
    const { status, headers } = await visitor.post('/receivables', { kind: 'invoice', lang: 'fr' });
    expect(status).toBe(303);
    const address = String(headers.location);
    expect(address).toMatch(/^\/receivables\/ACME-\w+-04\?lang=fr$/);
    const created = site.service.created.length;
    await site.close();
    await site.open();
    const { html } = await visitor.on(site.port).get(address);
    expect(shown(html)).toMatch(/-04$/);
    expect(site.service.created).toHaveLength(created + 1);
  });

  it('speaks French, rows for the client included', async () => {
    const { html } = await visitor.get('/receivables?lang=fr');
    expect(html).toContain('Se faire payer par un lien');
    expect(asked()).toMatchObject({
      basket: { items: [{ title: 'Étagères en chêne, sur mesure' }, {}, {}] },
    });
  });

  it('is reached from the other pages, and leads to them', async () => {
    const pages = await Promise.all(
      ['/', '/payables', '/receivables'].map((path) => visitor.get(path)),
    );
    for (const { html } of pages)
      for (const path of ['/', '/payables', '/receivables'])
        expect(html).toContain(`href="${path}"`);
  });

  it('shows nobody else’s', async () => {
    const number = shown((await visitor.get('/receivables')).html);
    const other = new VisitorBrowser(site.port);
    expect((await other.get(`/receivables/${number}`)).status).toBe(404);
    expect((await other.get(`/receivables/${number}/state`)).status).toBe(404);
  });

  it('says so when the payment service is down, and offers no button', async () => {
    site.service.isDown = true;
    const { status, html } = await visitor.get('/receivables');
    expect(status).toBe(503);
    expect(html).toContain('The payment service does not answer.');
    expect(html).not.toContain('<qonto-pay-button');
  });
});
