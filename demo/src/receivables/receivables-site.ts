import path from 'node:path';
import express, { type Express, type Request, type Response } from 'express';
import type { DemoConfig } from '../config.js';
import { InvoiceBook } from '../invoice-book.js';
import { InvoiceDesk } from '../invoice-desk.js';
import { languageOf, messagesIn, withLanguage } from '../messages/languages.js';
import { siteOrigin } from '../site-origin.js';
import type { SiteParts } from '../site-parts.js';
import { stateLabel } from '../state-label.js';
import { missingPage } from '../views/missing-page.js';
import { receivablePage } from '../views/receivables/receivable-page.js';
import { visitorOf, welcome } from '../visitor.js';
import { fillReceivables, makeReceivable } from './make-receivable.js';
import { RECEIVABLE_KINDS, type Receivable } from './receivable.js';
import { receivableOrder } from './receivable-order.js';

/** The pages on which a company has its own invoices paid. */
export function addReceivables(app: Express, parts: SiteParts): void {
  const site = new ReceivablesSite(parts);
  const form = express.urlencoded({ extended: false });
  app.get('/receivables', (request, response) => site.showFirst(request, response));
  app.post('/receivables', form, (request, response) => site.make(request, response));
  app.get('/receivables/:number', (request, response) => site.show(request, response));
  app.get('/receivables/:number/state', (request, response) => site.tellState(request, response));
}

class ReceivablesSite {
  readonly #config: DemoConfig;
  readonly #book: InvoiceBook<Receivable>;
  readonly #desk: InvoiceDesk<Receivable>;

  constructor({ config, api, now }: SiteParts) {
    const file = path.join(config.dataDir, 'demo-receivables.json');
    this.#config = config;
    this.#book = new InvoiceBook({ file, prefix: 'ACME', now });
    this.#desk = new InvoiceDesk({
      book: this.#book,
      api,
      orderOf: (receivable, returnUrl) => {
        const lang = new URL(returnUrl).searchParams.get('lang');
        return receivableOrder(receivable, { returnUrl, messages: messagesIn(languageOf(lang)) });
      },
    });
  }

  async showFirst(request: Request, response: Response): Promise<void> {
    const visitor = visitorOf(request) ?? welcome(response);
    fillReceivables(this.#book, visitor);
    const rows = await this.#desk.rows(this.#book.invoices(visitor));
    const unpaid = rows.find(({ state }) => state !== 'paid')?.invoice;
    const receivable = unpaid ?? makeReceivable(this.#book, visitor, 'basket');
    await this.#answer(request, response, { visitor, receivable });
  }

  async show(request: Request, response: Response): Promise<void> {
    const found = this.#find(request);
    if (found) await this.#answer(request, response, found);
    else response.status(404).send(missingPage(languageOf(request.query.lang)));
  }

  /** The page's own script asks here after an event: what the service says counts. */
  async tellState(request: Request, response: Response): Promise<void> {
    const found = this.#find(request);
    if (!found) return void response.status(404).json({ error: 'no such invoice' });
    const row = await this.#desk.rowOf(found.receivable);
    const label = stateLabel(row, messagesIn(languageOf(request.query.lang)).receivables);
    response.json({ state: row.state, label });
  }

  make(request: Request, response: Response): void {
    const visitor = visitorOf(request) ?? welcome(response);
    const { kind: wanted, lang } = (request.body ?? {}) as Record<string, unknown>;
    const kind = RECEIVABLE_KINDS.find((each) => each === wanted) ?? 'basket';
    fillReceivables(this.#book, visitor);
    const { number } = makeReceivable(this.#book, visitor, kind);
    response.redirect(303, withLanguage(`/receivables/${number}`, languageOf(lang)));
  }

  #find(request: Request): { visitor: string; receivable: Receivable } | undefined {
    const visitor = visitorOf(request);
    const receivable = visitor && this.#book.find(visitor, String(request.params.number));
    return visitor && receivable ? { visitor, receivable } : undefined;
  }

  async #answer(
    request: Request,
    response: Response,
    { visitor, receivable }: { visitor: string; receivable: Receivable },
  ): Promise<void> {
    const language = languageOf(request.query.lang);
    const address = withLanguage(`/receivables/${receivable.number}`, language);
    const returnUrl = siteOrigin(request, this.#config.siteUrl) + address;
    const intent = await this.#desk.intentFor(receivable, returnUrl).catch(reportFailure);
    const rows = await this.#desk.rows(this.#book.invoices(visitor));
    const page = receivablePage({
      ...{ config: this.#config, intent, invoice: receivable, language, rows },
    });
    response.status(intent ? 200 : 503).send(page);
  }
}

/** The page then says that the service is down, and offers no button. */
function reportFailure(error: unknown): undefined {
  console.error(error);
}
