import path from 'node:path';
import express, { type Express, type Request, type Response } from 'express';
import type { DemoConfig } from './config.js';
import { endingsReader } from './endings.js';
import type { Invoice } from './invoice.js';
import { InvoiceBook } from './invoice-book.js';
import { InvoiceDesk } from './invoice-desk.js';
import { InvoiceMaker } from './invoice-maker.js';
import { invoiceOrder } from './invoice-order.js';
import { languageOf, messagesIn, withLanguage } from './messages/languages.js';
import { pagePolicy } from './page-policy.js';
import { PartnerApi } from './partner-api.js';
import { addPayables } from './payables/payables-site.js';
import { addReceivables } from './receivables/receivables-site.js';
import { siteOrigin } from './site-origin.js';
import type { SiteParts } from './site-parts.js';
import { stateLabel } from './state-label.js';
import { invoicePage } from './views/invoice-page.js';
import { missingPage } from './views/missing-page.js';
import { visitorOf, welcome } from './visitor.js';

/** The site of a software house whose customers pay by our button. It knows only what every partner knows. */
export function createDemo(config: DemoConfig, now = () => new Date()): Express {
  const api = new PartnerApi({ baseUrl: config.bffApiUrl, secret: config.partnerSecret });
  const readEndings = endingsReader(config.sandboxUrl);
  const site = new Site({ config, api, readEndings, now });
  const app = express().disable('x-powered-by');
  app.get('/healthz', (_request, response) => void response.type('text').send('ok'));
  app.use('/assets', express.static(path.resolve(import.meta.dirname, '../public')));
  app.use(pagePolicy(config.bffUrl));
  app.get('/', (request, response) => site.showFirstUnpaid(request, response));
  app.post('/invoices', express.urlencoded({ extended: false }), (request, response) =>
    site.makeInvoice(request, response),
  );
  app.get('/invoices/:number', (request, response) => site.showInvoice(request, response));
  app.get('/invoices/:number/state', (request, response) => site.tellState(request, response));
  addPayables(app, { config, api, readEndings, now });
  addReceivables(app, { config, api, readEndings, now });
  app.use((request, response) => site.showMissing(request, response));
  return app;
}

class Site {
  readonly #config: DemoConfig;
  readonly #book: InvoiceBook<Invoice>;
  readonly #desk: InvoiceDesk<Invoice>;
  readonly #maker: InvoiceMaker;
  readonly #readEndings: SiteParts['readEndings'];

  constructor({ config, api, readEndings, now }: SiteParts) {
    this.#config = config;
    this.#readEndings = readEndings;
    const file = path.join(config.dataDir, 'demo-invoices.json');
    this.#book = new InvoiceBook({ file, prefix: 'INV', now });
    this.#maker = new InvoiceMaker(this.#book, this.#readEndings);
    this.#desk = new InvoiceDesk({ book: this.#book, api, orderOf: invoiceOrder });
  }

  async showFirstUnpaid(request: Request, response: Response): Promise<void> {
    const visitor = visitorOf(request) ?? welcome(response);
    await this.#maker.fillBooks(visitor);
    const rows = await this.#desk.rows(this.#book.invoices(visitor));
    const unpaid = rows.find(({ state }) => state !== 'paid')?.invoice;
    const invoice = unpaid ?? (await this.#maker.make(visitor, {}));
    await this.#show(request, response, visitor, invoice);
  }

  async showInvoice(request: Request, response: Response): Promise<void> {
    const found = this.#find(request);
    if (found) await this.#show(request, response, found.visitor, found.invoice);
    else this.showMissing(request, response);
  }

  /** The page's own script asks here after an event: what an event says is a hint, what the service says counts. */
  async tellState(request: Request, response: Response): Promise<void> {
    const found = this.#find(request);
    if (!found) return void response.status(404).json({ error: 'no such invoice' });
    const row = await this.#desk.rowOf(found.invoice);
    const label = stateLabel(row, messagesIn(languageOf(request.query.lang)));
    response.json({ state: row.state, label });
  }

  async makeInvoice(request: Request, response: Response): Promise<void> {
    const visitor = visitorOf(request) ?? welcome(response);
    const wish = (request.body ?? {}) as Record<string, unknown>;
    const { number } = await this.#maker.make(visitor, wish);
    response.redirect(303, withLanguage(`/invoices/${number}`, languageOf(wish.lang)));
  }

  showMissing(request: Request, response: Response): void {
    response.status(404).send(missingPage(languageOf(request.query.lang)));
  }

  #find(request: Request): { visitor: string; invoice: Invoice } | undefined {
    const visitor = visitorOf(request);
    const number = String(request.params.number);
    const invoice = visitor && this.#book.find(visitor, number);
    return visitor && invoice ? { visitor, invoice } : undefined;
  }

  async #show(request: Request, response: Response, visitor: string, invoice: Invoice) {
    const language = languageOf(request.query.lang);
    const address = withLanguage(`/invoices/${invoice.number}`, language);
    const returnUrl = siteOrigin(request, this.#config.siteUrl) + address;
    const intent = await this.#desk.intentFor(invoice, returnUrl).catch(reportFailure);
    const page = invoicePage({
      config: this.#config,
      endings: await this.#readEndings(),
      intent,
      invoice,
      isScriptBlocked: request.query['block-script'] === '1',
      language,
      rows: await this.#desk.rows(this.#book.invoices(visitor)),
    });
    response.status(intent ? 200 : 503).send(page);
  }
}

/** The page then says that the service is down, and offers no button. */
function reportFailure(error: unknown): undefined {
  console.error(error);
}
