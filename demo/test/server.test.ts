import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PaymentService } from './payment-service.js';
import { BFF, Site } from './site.js';
import { VisitorBrowser } from './visitor-browser.js';

describe('the demo site', () => {
  let site: Site;
  let service: PaymentService;
  let port: number;

  beforeEach(async () => {
    site = new Site();
    await site.start();
    ({ service, port } = site);
  });

  afterEach(() => site.stop());

  const shown = (html: string) => /data-number="(INV-[^"]+)"/.exec(html)?.[1] ?? '';

  it('shows a new visitor an unpaid invoice with the element and a link that pays', async () => {
    const { status, html } = await new VisitorBrowser(port).get('/');
    expect(status).toBe(200);
    const intent = `in_${shown(html)}`;
    expect(html).toContain(`<qonto-pay-button intent="${intent}" amount="1203.80" currency="EUR">`);
    expect(html).toContain(`href="${BFF}/pay/${intent}">Pay with Qonto</a>`);
    expect(html).toContain(`src="${BFF}/widget/v1/qonto-pay-button.js"`);
  });

  it('tells the payment service what is to be paid, with the partner’s secret', async () => {
    const { html } = await new VisitorBrowser(port).get('/');
    const number = shown(html);
    expect(service.created).toMatchObject([
      {
        path: '/partner/v1/intents',
        authorization: 'Bearer secret',
        idempotencyKey: `${number}-1`,
        body: {
          kind: 'transfer',
          items: [
            {
              externalRef: number,
              amount: '1203.80',
              currency: 'EUR',
              payee: { name: 'Atelier & Fils', iban: 'FR7610278008281039295362036' },
              reference: `Invoice ${number}`,
              dueDate: '2026-12-04',
            },
          ],
          returnUrl: `http://localhost:${port}/invoices/${number}`,
        },
      },
    ]);
  });

  it('escapes what suppliers are called', async () => {
    const { html } = await new VisitorBrowser(port).get('/');
    expect(html).toContain('Atelier &amp; Fils');
    expect(html).not.toContain('Atelier & Fils');
  });

  it('gives each visitor invoices of their own', async () => {
    const [first, second] = [new VisitorBrowser(port), new VisitorBrowser(port)];
    const number = shown((await first.get('/')).html);
    expect(shown((await second.get('/')).html)).not.toBe(number);
    expect((await second.get(`/invoices/${number}`)).status).toBe(404);
    expect((await first.get(`/invoices/${number}`)).status).toBe(200);
  });

  it('keeps invoices and intents over reloads and restarts', async () => {
    const visitor = new VisitorBrowser(port);
    const number = shown((await visitor.get('/')).html);
    await visitor.get('/');
    await site.close();
    await site.open();
    const { html } = await visitor.on(site.port).get('/');
    expect(shown(html)).toBe(number);
    expect(service.created).toHaveLength(1);
  });

  it('moves on to the next invoice when the first is paid, and still shows the paid one', async () => {
    const visitor = new VisitorBrowser(port);
    const first = shown((await visitor.get('/')).html);
    service.whyByRef.set(first, 'paid');
    expect(shown((await visitor.get('/')).html)).toBe(first.replace('-01', '-02'));
    const { html } = await visitor.get(`/invoices/${first}`);
    expect(html).toContain('<span class="badge" data-state="paid" id="state">Paid</span>');
  });

  it('stays with an invoice whose payment is under way', async () => {
    const visitor = new VisitorBrowser(port);
    const first = shown((await visitor.get('/')).html);
    service.whyByRef.set(first, 'in-progress');
    const { html } = await visitor.get('/');
    expect(shown(html)).toBe(first);
    expect(html).toContain('data-state="in-progress" id="state"');
  });

  it.each(['lapsed', 'withdrawn'])('makes a new intent when the old one is %s', async (why) => {
    const visitor = new VisitorBrowser(port);
    const number = shown((await visitor.get('/')).html);
    service.whyByRef.set(number, why);
    await visitor.get('/');
    expect(service.created.map(({ idempotencyKey }) => idempotencyKey)).toEqual([
      `${number}-1`,
      `${number}-2`,
    ]);
  });

  it('makes a new intent when the payment service has lost the old one', async () => {
    const visitor = new VisitorBrowser(port);
    await visitor.get('/');
    service.forgetAll();
    expect((await visitor.get('/')).status).toBe(200);
    expect(service.created).toHaveLength(2);
  });

  it('makes an invoice with the payee and the exact amount of an ending', async () => {
    const visitor = new VisitorBrowser(port);
    await visitor.get('/');
    const { status, headers } = await visitor.post('/invoices', {
      payee: 'no-match',
      amount: 'insufficient-funds',
    });
    expect(status).toBe(303);
    const { html } = await visitor.get(String(headers.location));
    expect(html).toContain('amount="666.21"');
    expect(service.created.at(-1)?.body?.items[0]?.payee.name).toBe('Global Trade');
  });

  it.each([
    ['en', 'The phone may still ask; approving it then pays nothing.'],
    ['fr', 'approuver ne paie alors plus rien.'],
  ])('tells a visitor who cancels what the phone then does (%s)', async (lang, words) => {
    const { html } = await new VisitorBrowser(port).get(`/?lang=${lang}`);
    expect(html).toContain(words);
  });

  it('answers the state of an invoice as the payment service has it', async () => {
    const visitor = new VisitorBrowser(port);
    const number = shown((await visitor.get('/')).html);
    service.whyByRef.set(number, 'paid');
    const { html } = await visitor.get(`/invoices/${number}/state?lang=fr`);
    expect(JSON.parse(html)).toEqual({ state: 'paid', label: 'Payée' });
  });

  it('says so when the payment service is down, and offers no button', async () => {
    service.isDown = true;
    const { status, html } = await new VisitorBrowser(port).get('/');
    expect(status).toBe(503);
    expect(html).toContain('The payment service does not answer.');
    expect(html).not.toContain('<qonto-pay-button');
  });

  it('shows the same page without our script, so that the plain link pays', async () => {
    const { html } = await new VisitorBrowser(port).get('/?block-script=1');
    expect(html).not.toContain('/widget/v1/');
    expect(html).toMatch(/<a class="pay-link" href="http:\/\/pay\.test:4100\/pay\/in_/);
  });

  it('speaks French when asked to', async () => {
    const { html } = await new VisitorBrowser(port).get('/?lang=fr');
    expect(html).toContain('<html lang="fr">');
    expect(html).toContain('Payer cette facture');
    expect(service.created[0]?.body?.returnUrl).toMatch(/\?lang=fr$/);
  });

  it('sends a policy that lets in the payment service and nothing else', async () => {
    const { headers } = await new VisitorBrowser(port).get('/');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain(`script-src 'self' ${BFF};`);
    expect(policy).toContain(`connect-src 'self' ${BFF};`);
    expect(policy).toContain('trusted-types qonto-pay');
    expect(policy).not.toContain('unsafe');
  });

  it.each([
    ['shop.localhost:4000', 'http://shop.localhost:4000'],
    ['localhost', 'http://localhost'],
    ['evil.example', 'https://demo.test'],
    ['localhost.evil.example', 'https://demo.test'],
    ['localhost:4000@evil.example', 'https://demo.test'],
  ])('called as %s has the payer come back to %s', async (host, origin) => {
    await new VisitorBrowser(port, host).get('/');
    expect(service.created[0]?.body?.returnUrl).toMatch(new RegExp(`^${origin}/invoices/INV-`));
  });

  it('answers an unknown address with a page', async () => {
    const { status, html } = await new VisitorBrowser(port).get('/nowhere?lang=fr');
    expect(status).toBe(404);
    expect(html).toContain('Vers vos factures');
  });
});
