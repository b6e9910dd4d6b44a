import type { KnownPayee, PayeeCheckAnswer } from '../payments/ports.js';
import {
  bulkPayeeCheckAnswer,
  bulkPayeeCheckRequest,
  type CheckedPayee,
} from './bulk-payee-check.js';
import { isUsable, payeeFromWire, withoutSpaces } from './organization.js';
import { readAllPages } from './paging.js';
import { payeeCheckAnswer } from './payee-check.js';
import { type QontoReads, type Read, readAnswer } from './reads.js';
import type { QontoTimeouts } from './timeouts.js';
import { BeneficiariesAnswer, BeneficiaryAnswer } from './wire.js';

// All in one address: a hundred are 4 kB.
const IBANS_PER_CALL = 100;
const PER_PAGE = 100;

/** Whom the organisation knows at the bank, and what their banks say of them. */
export class QontoPayees {
  readonly #reads: QontoReads;
  readonly #timeouts: QontoTimeouts;
  readonly #now: () => Date;

  constructor(reads: QontoReads, timeouts: QontoTimeouts, now: () => Date) {
    this.#reads = reads;
    this.#timeouts = timeouts;
    this.#now = now;
  }

  async find(connectionId: string, ibans: readonly string[]) {
    const wanted = [...new Set(ibans.map(withoutSpaces))];
    const batches = Math.ceil(wanted.length / IBANS_PER_CALL);
    const lists = await Promise.all(
      Array.from({ length: batches }, (_, index) =>
        this.#list(
          connectionId,
          wanted.slice(index * IBANS_PER_CALL, (index + 1) * IBANS_PER_CALL),
        ),
      ),
    );
    const known = new Map<string, KnownPayee>();
    for (const payee of lists.flatMap(({ items }) => items.filter(isUsable).map(payeeFromWire))) {
      if (!known.has(payee.iban)) known.set(payee.iban, payee);
    }
    return { known, at: lists[0]?.at ?? this.#now() };
  }

  async byId(connectionId: string, id: string): Promise<KnownPayee | undefined> {
    const path = `/v2/sepa/beneficiaries/${encodeURIComponent(id)}`;
    const answer = await this.#reads.answer(connectionId, this.#get(path));
    if (answer.status === 404 && answer.json !== undefined) return undefined;
    return payeeFromWire(readAnswer(BeneficiaryAnswer, answer).beneficiary);
  }

  async check(connectionId: string, payees: readonly CheckedPayee[]): Promise<PayeeCheckAnswer> {
    const [payee, ...others] = payees;
    if (!payee) throw new RangeError('A check has at least one payee');
    if (others.length > 0) return this.#checkMany(connectionId, payees);
    const { name, iban } = payee;
    const answer = await this.#reads.answer(connectionId, {
      method: 'POST',
      path: '/v2/sepa/verify_payee',
      body: Buffer.from(JSON.stringify({ iban, beneficiary_name: name })),
      timeoutMs: this.#timeouts.payeeCheckMs,
      priority: 'read',
    });
    return payeeCheckAnswer(answer);
  }

  async #checkMany(connectionId: string, payees: readonly CheckedPayee[]) {
    const answer = await this.#reads.answer(connectionId, {
      method: 'POST',
      path: '/v2/sepa/bulk_verify_payee',
      body: bulkPayeeCheckRequest(payees),
      timeoutMs: this.#timeouts.bulkMs,
      priority: 'read',
    });
    return bulkPayeeCheckAnswer(answer, payees);
  }

  #list(connectionId: string, ibans: readonly string[]) {
    const filter = ibans.map((iban) => ['iban[]', iban] as const);
    return readAllPages({
      name: 'payees',
      perPage: PER_PAGE,
      ask: (page) => {
        const read = this.#get('/v2/sepa/beneficiaries');
        return this.#reads.answer(connectionId, { ...read, query: [...filter, ...page] });
      },
      read: (answer) => {
        const { beneficiaries, meta } = readAnswer(BeneficiariesAnswer, answer);
        return { items: beneficiaries, meta };
      },
    });
  }

  #get(path: string): Read {
    return { method: 'GET', path, timeoutMs: this.#timeouts.readMs, priority: 'read' };
  }
}
