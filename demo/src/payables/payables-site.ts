import path from 'node:path';
import express, { type Express, type Request, type Response } from 'express';
import type { DemoConfig } from '../config.js';
import { languageOf } from '../messages/languages.js';
import { siteOrigin } from '../site-origin.js';
import type { SiteParts } from '../site-parts.js';
import { payablesPage } from '../views/payables/payables-page.js';
import { statusTexts } from '../views/payables/status-texts.js';
import { visitorOf, welcome } from '../visitor.js';
import { invoiceDocument } from './invoice-document.js';
import { makePayable, makePayables, SET_SIZES, type SetSize } from './make-payables.js';
import { isPayable, type Payable } from './payable.js';
import { payablesAddress } from './payables-address.js';
import { type PayableSet, PayablesBook } from './payables-book.js';
import { type Overview, PayablesDesk, statusOf } from './payables-desk.js';
import { rowsFrom } from './row-ranges.js';

/** The page on which many invoices are paid at once, and what its button asks of this server. */
export function addPayables(app: Express, parts: SiteParts): void {
  const site = new PayablesSite(parts);
  const form = express.urlencoded({ extended: false, parameterLimit: 500 });
  app.get('/payables', (request, response) => site.show(request, response));
  app.get('/payables/states', (request, response) => site.tellStates(request, response));
  app.post('/payables/intent', (request, response) => site.makeIntent(request, response));
  app.post('/payables/pay', form, (request, response) => site.payWithoutScript(request, response));
  app.post('/payables/sets', form, (request, response) => site.makeSet(request, response));
  app.get('/documents/:name', (request, response) => site.showDocument(request, response));
}

class PayablesSite {
  readonly #config: DemoConfig;
  readonly #book: PayablesBook;
  readonly #desk: PayablesDesk;
  readonly #readEndings: SiteParts['readEndings'];

  constructor({ config, api, readEndings, now }: SiteParts) {
    this.#config = config;
    this.#readEndings = readEndings;
    this.#book = new PayablesBook(path.join(config.dataDir, 'demo-payables.json'), now);
    this.#desk = new PayablesDesk(this.#book, api, config.siteUrl);
  }

  async show(request: Request, response: Response): Promise<void> {
    const set = this.#book.setOf(visitorOf(request) ?? welcome(response));
    const size = sizeOf(request.query.rows);
    const overview = await this.#desk.overview(set).catch(reportFailure);
    const page = payablesPage({
      config: this.#config,
      language: languageOf(request.query.lang),
      overview,
      payables: makePayables(set, size, await this.#readEndings()),
      set,
      size,
    });
    response.status(overview ? 200 : 503).send(page);
  }

  /** The page's own script asks here after an event: what the service says counts. */
  async tellStates(request: Request, response: Response): Promise<void> {
    const set = this.#setOf(request);
    const overview = set && (await this.#desk.overview(set).catch(reportFailure));
    if (!overview) return void response.status(503).json({ error: 'no states now' });
    const language = languageOf(request.query.lang);
    const states = [...overview.statuses].map(([row, status]) => ({
      row,
      state: status.state,
      isPayable: isPayable(status),
      ...statusTexts(status, language),
    }));
    response.json({ states });
  }

  /** Asked by the button inside the click; the ticked rows stand in the address that the page gave it. */
  async makeIntent(request: Request, response: Response): Promise<void> {
    const set = this.#setOf(request);
    const rows = rowsFrom(String(request.query.only), sizeOf(request.query.rows));
    const intent = set && rows && (await this.#begin(set, rows, request).catch(reportFailure));
    if (intent) response.json({ intent: intent.id });
    else response.status(409).json({ error: 'not these invoices' });
  }

  /** Where scripts are blocked the ticked rows come as a form, and the pay page is the answer. */
  async payWithoutScript(request: Request, response: Response): Promise<void> {
    const set = this.#setOf(request);
    const { row = [] } = (request.body ?? {}) as { row?: string | string[] };
    const rows = rowsFrom([row].flat().join(','), sizeOf(request.query.rows));
    const intent = set && rows && (await this.#begin(set, rows, request).catch(reportFailure));
    response.redirect(303, intent ? `${this.#config.bffUrl}/pay/${intent.id}` : addressOf(request));
  }

  makeSet(request: Request, response: Response): void {
    this.#book.renew(visitorOf(request) ?? welcome(response));
    response.redirect(303, addressOf(request));
  }

  async showDocument(request: Request, response: Response): Promise<void> {
    const name = /^SUP-([A-Z2-9]{8})-(\d{1,6})-(\d{3})\.pdf$/.exec(String(request.params.name));
    const [, code = '', number = '', place = ''] = name ?? [];
    // The day is not on the document, so that it stays the same for ever.
    const set = { code, number: Number(number), madeOn: '2026-01-01' };
    const payable = name && makePayable(set, Number(place) - 1, await this.#readEndings());
    if (payable?.kind !== 'document') return void response.status(404).send('There is none.');
    response.type('application/pdf').send(invoiceDocument(payable));
  }

  async #begin(set: PayableSet, rows: number[], request: Request) {
    const endings = await this.#readEndings();
    const { statuses }: Overview = await this.#desk.overview(set);
    const payables: Payable[] = rows.map((row) => makePayable(set, row, endings));
    const isFree = ({ index, kind }: Payable) =>
      kind !== 'paid-elsewhere' && isPayable(statusOf(statuses, index));
    if (!payables.every(isFree)) return undefined;
    const origin = siteOrigin(request, this.#config.siteUrl);
    return this.#desk.begin(set, payables, origin + addressOf(request));
  }

  /** The visitor's set, if it is still the one that the page shows. */
  #setOf(request: Request): PayableSet | undefined {
    const visitor = visitorOf(request);
    const set = visitor && this.#book.setOf(visitor);
    return set && String(set.number) === request.query.set ? set : undefined;
  }
}

function sizeOf(value: unknown): SetSize {
  return SET_SIZES.find((size) => String(size) === value) ?? SET_SIZES[0];
}

/** The page as the visitor had it. */
function addressOf({ query }: Request): string {
  return payablesAddress(sizeOf(query.rows), languageOf(query.lang));
}

function reportFailure(error: unknown): undefined {
  console.error(error);
}
