import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Site } from './site.js';
import { VisitorBrowser } from './visitor-browser.js';

describe('the page of many invoices', () => {
  let site: Site;
  let visitor: VisitorBrowser;

  beforeEach(async () => {
    site = new Site();
    await site.start();
    visitor = new VisitorBrowser(site.port);
  });

  afterEach(() => site.stop());

  const rowsOf = (html: string): string[] => html.match(/<tr data-row="\d+".*?<\/tr>/gs) ?? [];
  const refsAsked = () => site.service.created.at(-1)?.body?.items.map((it) => it.externalRef);
  const setRef = (row: number): string =>
    `${refsAsked()?.[0]?.slice(0, -3)}${String(row + 1).padStart(3, '0')}`;

  /** As the button does inside the click. */
  async function begin(only: string, query = 'set=1'): Promise<string> {
    const { html } = await visitor.post(`/payables/intent?${query}&only=${only}`, {});
    return (JSON.parse(html) as { intent: string }).intent;
  }

  async function states(): Promise<{ row: number; state: string; detail: string }[]> {
    const { html } = await visitor.get('/payables/states?set=1');
    return (JSON.parse(html) as { states: [] }).states;
  }

  it('has forty rows, or four hundred when asked to', async () => {
    const { status, html } = await visitor.get('/payables');
    expect(status).toBe(200);
    expect(rowsOf(html)).toHaveLength(40);
    expect(rowsOf((await visitor.get('/payables?rows=400')).html)).toHaveLength(400);
    expect(site.service.created).toEqual([]);
  });

  it('hands the button its hints and where to ask for an intent', async () => {
    const { html } = await visitor.get('/payables?rows=400&lang=fr');
    expect(html).toMatch(
      /<qonto-pay-button count="\d+" currency="EUR" data-intent-url="\/payables\/intent\?rows=400&amp;lang=fr&amp;set=1">/,
    );
  });

  it('makes one intent of the ticked rows, in their order', async () => {
    await visitor.get('/payables');
    const intent = await begin('0,2-3');
    const [created] = site.service.created;
    expect(created?.authorization).toBe('Bearer secret');
    expect(created?.idempotencyKey).toBeTruthy();
    expect(created?.body?.returnUrl).toBe(`http://localhost:${site.port}/payables`);
    expect(created?.body?.items).toMatchObject([
      { externalRef: setRef(0), amount: '39.00', currency: 'EUR', reference: 'Invoice F-1001' },
      { externalRef: setRef(2), payee: { name: 'Rheinwerk Logistik GmbH' } },
      { externalRef: setRef(3) },
    ]);
    expect(intent).toBe(`in_${setRef(0)}`);
  });

  it('makes an intent of four hundred', async () => {
    await visitor.get('/payables?rows=400');
    await begin('0-35,37-399', 'set=1&rows=400');
    expect(refsAsked()).toHaveLength(399);
    expect(site.service.created[0]?.body?.returnUrl).toMatch(/\/payables\?rows=400$/);
  });

  it('sends the PDF of an invoice above 30,000 euros by address and hash', async () => {
    await visitor.get('/payables');
    await begin('17,19');
    const [withDocument, without] = site.service.created[0]?.body?.items ?? [];
    expect(withDocument?.amount).toBe('31200.00');
    const [attachment] = withDocument?.attachments ?? [];
    const { origin, pathname } = new URL(attachment?.url ?? '');
    expect(origin).toBe('https://demo.test');
    // Whoever fetches it has no cookie.
    const { headers, html } = await new VisitorBrowser(site.port).get(pathname);
    expect(headers['content-type']).toBe('application/pdf');
    expect(html).toMatch(/^%PDF-1\.4\n.*%%EOF\n$/s);
    expect(createHash('sha256').update(html, 'latin1').digest('hex')).toBe(attachment?.sha256);
    expect(without).toMatchObject({ amount: '34800.00' });
    expect(without).not.toHaveProperty('attachments');
  });

  it.each(['/documents/SUP-ABCDEFGH-1-001.pdf', '/documents/nothing.pdf'])(
    'has no document at %s',
    async (address) => {
      expect((await visitor.get(address)).status).toBe(404);
    },
  );

  it.each([
    ['a set that is no longer shown', 'set=2&only=0'],
    ['no rows', 'set=1&only='],
    ['a row that does not exist', 'set=1&only=40'],
    ['a row that was paid elsewhere', 'set=1&only=35-36'],
  ])('refuses %s', async (_what, query) => {
    await visitor.get('/payables');
    expect((await visitor.post(`/payables/intent?${query}`, {})).status).toBe(409);
    expect(site.service.created).toEqual([]);
  });

  it('refuses a row that is paid or under way, and takes one that failed', async () => {
    await visitor.get('/payables');
    await begin('0-3');
    site.service.statusByRef.set(setRef(0), { status: 'settled' });
    site.service.statusByRef.set(setRef(1), { status: 'processing' });
    site.service.statusByRef.set(setRef(3), { status: 'declined' });
    for (const only of ['0', '1', '0-3'])
      expect((await visitor.post(`/payables/intent?set=1&only=${only}`, {})).status).toBe(409);
    expect(await begin('2-3')).toBe(`in_${setRef(2)}`);
  });

  it('tells how each row is, why it failed and when it is sent', async () => {
    await visitor.get('/payables');
    await begin('0-4');
    const told = ['settled', 'declined', 'scheduled', 'unknown', 'requested'];
    told.forEach((status, row) => {
      site.service.statusByRef.set(setRef(row), {
        status,
        ...(status === 'declined' ? { reason: 'insufficient-funds' } : {}),
        ...(status === 'scheduled' ? { scheduledOn: '2026-12-04' } : {}),
      });
    });
    expect(await states()).toMatchObject([
      { row: 0, state: 'paid', label: 'Paid', isPayable: false },
      { row: 1, state: 'failed', label: 'Not paid', detail: 'Insufficient funds', isPayable: true },
      { row: 2, state: 'scheduled', detail: 'for 4 Dec 2026', isPayable: false },
      { row: 3, state: 'checking', isPayable: false },
      { row: 4, state: 'requested', isPayable: false },
    ]);
    const { html } = await visitor.get('/payables');
    expect(rowsOf(html)[1]).toContain('Insufficient funds');
    expect(rowsOf(html)[0]).toMatch(/<input[^>]* disabled>/);
    expect(rowsOf(html)[1]).not.toMatch(/<input[^>]* disabled>/);
  });

  it('shows a payment that is under way again after a reload, its rows numbered as it has them', async () => {
    await visitor.get('/payables');
    const intent = await begin('5,7');
    expect((await visitor.get('/payables')).html).not.toContain('intent="in_');
    site.service.statusByRef.set(setRef(5), { status: 'settled' });
    site.service.statusByRef.set(setRef(7), { status: 'processing' });
    const { html } = await visitor.get('/payables');
    expect(html).toContain(`<qonto-pay-button intent="${intent}" count="2"`);
    expect(html).toContain('data-current="5,7"');
    expect(rowsOf(html)[7]).toContain('<td class="figure place">2</td>');
    site.service.statusByRef.set(setRef(7), { status: 'settled' });
    expect((await visitor.get('/payables')).html).not.toContain('intent="in_');
  });

  it('asks no more about what is paid, over restarts too', async () => {
    await visitor.get('/payables');
    await begin('0');
    site.service.statusByRef.set(setRef(0), { status: 'settled' });
    await states();
    await site.close();
    await site.open();
    visitor = visitor.on(site.port);
    const asked = site.service.asked.length;
    expect(await states()).toMatchObject([{ row: 0, state: 'paid' }]);
    expect(site.service.asked).toHaveLength(asked);
  });

  it('makes a new set that can be paid again, and keeps size and language', async () => {
    await visitor.get('/payables');
    await begin('0');
    const first = setRef(0);
    site.service.statusByRef.set(first, { status: 'settled' });
    const { status, headers } = await visitor.post('/payables/sets?rows=400&lang=fr', {});
    expect([status, headers.location]).toEqual([303, '/payables?rows=400&lang=fr']);
    await begin('0', 'set=2');
    expect(setRef(0)).not.toBe(first);
  });

  it('pays by a plain form where scripts are blocked', async () => {
    await visitor.get('/payables');
    const { status, headers } = await visitor.post('/payables/pay?set=1', { row: '4' });
    expect(status).toBe(303);
    expect(headers.location).toBe(`http://pay.test:4100/pay/in_${setRef(4)}`);
    const nothing = await visitor.post('/payables/pay?set=1', { other: '1' });
    expect(nothing.headers.location).toBe('/payables');
  });

  it('says so when the payment service is down', async () => {
    await visitor.get('/payables');
    await begin('0');
    site.service.isDown = true;
    const { status, html } = await visitor.get('/payables');
    expect(status).toBe(503);
    expect(html).toContain('The payment service does not answer.');
    expect((await visitor.get('/payables/states?set=1')).status).toBe(503);
    expect((await visitor.post('/payables/intent?set=1&only=1', {})).status).toBe(409);
  });

  it.each([
    ['en', 'Suppliers to pay', 'on the Solo plan'],
    ['fr', 'Fournisseurs à payer', 'en offre Solo'],
  ])('says who may pay (%s)', async (lang, title, words) => {
    const { html } = await visitor.get(`/payables?lang=${lang}`);
    expect(html).toContain(`<h1 id="payables-title">${title}</h1>`);
    expect(html).toContain(words);
    expect(html).toContain('/phone?member=emma"');
  });

  it('is nobody else’s', async () => {
    await visitor.get('/payables');
    await begin('0');
    const refs = refsAsked();
    visitor = new VisitorBrowser(site.port);
    await visitor.get('/payables');
    await begin('0');
    expect(refsAsked()).not.toEqual(refs);
  });
});
