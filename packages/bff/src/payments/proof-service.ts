import { ahead } from './ahead.js';
import { safeName } from './document-rules.js';
import {
  ConsentNeededError,
  isBankSilence,
  NotAllowedError,
  PaymentError,
  SignedOutError,
} from './errors.js';
import { intentNotFound } from './intent-service.js';
import type { Partner } from './partner.js';
import type { Bank, Log } from './ports.js';
import type { IntentView, Member, Payment } from './records.js';
import { memberResults, paymentResults, resultsCsv } from './results-csv.js';
import type { IntentStore } from './store-port.js';

export interface ProofFile {
  fileName: string;
  content: Buffer;
}

/** Several proofs: the files come as the bank gives them. */
export interface ProofArchive {
  fileName: string;
  files: AsyncIterable<ProofFile>;
}

/** A row whose transfer is settled, and whose call to the bank shows it. */
interface SettledRow {
  index: number;
  externalRef: string;
  transferId: string;
  connectionId: string;
}

/** What proves a payment: the bank's PDF of each transfer, and the table of all results. */
export class ProofService {
  readonly #bank: Pick<Bank, 'transferProof'>;
  readonly #intents: Pick<IntentStore, 'view' | 'payment'>;
  readonly #log: Log;

  constructor(deps: {
    bank: Pick<Bank, 'transferProof'>;
    intents: Pick<IntentStore, 'view' | 'payment'>;
    log: Log;
  }) {
    this.#bank = deps.bank;
    this.#intents = deps.intents;
    this.#log = deps.log;
  }

  /** Of one row that this member paid. @throws PaymentError `proof-not-ready`, `payment-not-found`. */
  async ofRow(partner: Partner, intentId: string, member: Member, row: number): Promise<ProofFile> {
    const view = await this.#view(partner, intentId);
    const isOwn = view.items.some(
      ({ index, connectionId }) => index === row && connectionId === member.connectionId,
    );
    if (!isOwn) throw paymentNotFound();
    const settled = settledByMember(view, member).find(({ index }) => index === row);
    if (!settled) throw notReady();
    return this.#proof(settled);
  }

  /** Of every row that this member paid. @throws PaymentError `proof-not-ready`: none is settled. */
  async ofIntent(partner: Partner, intentId: string, member: Member): Promise<ProofArchive> {
    return this.#archive(settledByMember(await this.#view(partner, intentId), member), intentId);
  }

  /** Of a payment, for its partner: one file, or several. */
  async ofPayment(partner: Partner, paymentId: string): Promise<ProofFile | ProofArchive> {
    const rows = settledRows(await this.#payment(partner, paymentId));
    const [only, ...others] = rows;
    if (!only || others.length > 0) return this.#archive(rows, paymentId);
    try {
      return await this.#proof(only);
    } catch (error) {
      if (!isUpToPayer(error)) throw error;
      throw notReady('The payer has to sign in with Qonto again first.');
    }
  }

  /** What became of every row, as this member may see it. */
  async results(partner: Partner, intentId: string, member: Member): Promise<string> {
    return resultsCsv(memberResults(await this.#view(partner, intentId), member));
  }

  async paymentResults(partner: Partner, paymentId: string): Promise<string> {
    return resultsCsv(paymentResults(await this.#payment(partner, paymentId)));
  }

  async #view(partner: Partner, intentId: string): Promise<IntentView> {
    const view = await this.#intents.view(intentId);
    if (view?.intent.partnerId !== partner.id) throw intentNotFound();
    return view;
  }

  async #payment(partner: Partner, paymentId: string): Promise<Payment> {
    const payment = await this.#intents.payment(partner.id, paymentId);
    if (!payment) throw paymentNotFound();
    return payment;
  }

  async #proof({ connectionId, transferId, externalRef }: SettledRow): Promise<ProofFile> {
    const content = await this.#bank.transferProof(connectionId, transferId);
    if (!content) throw notReady();
    return { fileName: `${safeName(externalRef)}.pdf`, content };
  }

  #archive(rows: readonly SettledRow[], name: string): ProofArchive {
    if (rows.length === 0) throw notReady();
    return { fileName: `proofs-${name}.zip`, files: this.#files(rows) };
  }

  /** In the order of the rows, a few calls ahead of the reader; last, a list of what is missing. */
  async *#files(rows: readonly SettledRow[]): AsyncGenerator<ProofFile> {
    const missing: string[] = [];
    for await (const { row, content } of ahead(rows, (one) => this.#contentOf(one))) {
      if (content) yield { fileName: numberedName(row), content };
      else missing.push(row.externalRef);
    }
    if (missing.length > 0) yield { fileName: 'missing.txt', content: missingText(missing) };
  }

  async #contentOf(row: SettledRow): Promise<{ row: SettledRow; content: Buffer | undefined }> {
    try {
      const content = await this.#bank.transferProof(row.connectionId, row.transferId);
      return { row, content };
    } catch (error) {
      if (!isBankSilence(error)) throw error;
      this.#log.warn({ event: 'proof-not-read', error });
      return { row, content: undefined };
    }
  }
}

const settledByMember = ({ intent, items }: IntentView, { connectionId }: Member): SettledRow[] =>
  items.flatMap((state) => {
    const { index, status, transferId } = state;
    const isProven = status === 'settled' && state.connectionId === connectionId;
    const externalRef = intent.items.find((item) => item.index === index)?.externalRef ?? '';
    return isProven && transferId ? [{ index, externalRef, transferId, connectionId }] : [];
  });

const settledRows = ({ items, connectionId }: Payment): SettledRow[] =>
  items.flatMap(({ index, externalRef, status, transferId }) =>
    status === 'settled' && transferId ? [{ index, externalRef, transferId, connectionId }] : [],
  );

/** Two references may be the same once they are safe: the row's number is not. */
const numberedName = ({ index, externalRef }: SettledRow): string =>
  `${String(index + 1).padStart(3, '0')}-${safeName(externalRef)}.pdf`;

const missingText = (externalRefs: readonly string[]): Buffer =>
  Buffer.from(
    ['Qonto gave no proof of these. Try again later.', '', ...externalRefs, ''].join('\r\n'),
  );

const isUpToPayer = (error: unknown): boolean =>
  error instanceof SignedOutError ||
  error instanceof ConsentNeededError ||
  error instanceof NotAllowedError;

const notReady = (detail = 'Try again once the transfer is settled, or in a few minutes.') =>
  new PaymentError('proof-not-ready', detail);

const paymentNotFound = () => new PaymentError('payment-not-found', 'Check the id.');
