import type {
  ApprovalAnswer,
  ApprovalPreference,
  Bank,
  BankAccount,
  BankDocument,
  BankRequest,
  KnownPayee,
  ReadyBank,
  RequestOrder,
  RequestType,
  TransferOrder,
} from '../payments/ports.js';
import type { CheckedPayee } from './bulk-payee-check.js';
import { QontoBulks } from './bulks.js';
import { QontoClient, type QontoClientOptions } from './client.js';
import { colleagueRequest, requestApproval } from './colleague-request.js';
import { QontoColleagues } from './colleagues.js';
import { QontoDocuments } from './documents.js';
import { QontoLinks } from './links.js';
import { accountFromWire, type BankMember, memberFromWire, withoutSpaces } from './organization.js';
import { QontoPayees } from './payees.js';
import type { AccessTokenSource, BankBudget } from './ports.js';
import { QontoReads, type Read, readAnswer } from './reads.js';
import { QontoSends } from './sends.js';
import { type QontoTimeouts, TIMEOUTS } from './timeouts.js';
import { transferRequest } from './transfer-request.js';
import { QontoTransfers } from './transfers.js';
import { QontoWebhooks } from './webhooks.js';
import { AccountsAnswer, ApprovalWire, MembershipAnswer, OrganizationAnswer } from './wire.js';

export type { BankMember } from './organization.js';
export type { QontoTimeouts } from './timeouts.js';

export interface QontoBankOptions extends QontoClientOptions {
  tokens: AccessTokenSource;
  budget: BankBudget;
  timeouts?: Partial<QontoTimeouts>;
}

/** The core's `Bank`, played by Qonto's Business API. */
export class QontoBank implements Bank {
  /** Payment links, a family of their own. */
  readonly links: QontoLinks;
  /** What it is to tell us, and where. */
  readonly webhooks: QontoWebhooks;
  readonly #reads: QontoReads;
  readonly #sends: QontoSends;
  readonly #payees: QontoPayees;
  readonly #transfers: QontoTransfers;
  readonly #bulks: QontoBulks;
  readonly #colleagues: QontoColleagues;
  readonly #documents: QontoDocuments;
  readonly #timeouts: QontoTimeouts;

  constructor({ tokens, budget, timeouts: given, ...options }: QontoBankOptions) {
    const client = new QontoClient(options);
    const reads = new QontoReads(client, budget, tokens);
    const timeouts = { ...TIMEOUTS, ...given };
    const now = options.now ?? (() => new Date());
    this.#reads = reads;
    this.#sends = new QontoSends({ client, tokens, budget, timeouts, now });
    this.#payees = new QontoPayees(reads, timeouts, now);
    this.#transfers = new QontoTransfers(reads, timeouts);
    this.#bulks = new QontoBulks(reads, timeouts);
    this.#colleagues = new QontoColleagues(reads, timeouts);
    this.#documents = new QontoDocuments(reads, timeouts);
    this.links = new QontoLinks({ client, reads, tokens, budget, timeouts, now });
    this.webhooks = new QontoWebhooks(reads, timeouts);
    this.#timeouts = timeouts;
  }

  async accounts(connectionId: string): Promise<BankAccount[]> {
    const answer = await this.#reads.answer(connectionId, this.#get('/v2/organization'));
    const { organization } = readAnswer(AccountsAnswer, answer);
    return organization.bank_accounts
      .filter((raw) => raw.status === 'active' && raw.currency === 'EUR')
      .filter((raw) => !raw.is_external_account)
      .map(accountFromWire)
      .sort((one, other) => Number(other.main) - Number(one.main));
  }

  /** Needs `organization.read` and `membership.read`; asked before there is a connection. */
  async member(accessToken: string): Promise<BankMember> {
    const [first, second] = await Promise.all([
      this.#reads.answerFor(accessToken, this.#get('/v2/organization')),
      this.#reads.answerFor(accessToken, this.#get('/v2/membership')),
    ]);
    const { organization } = readAnswer(OrganizationAnswer, first);
    return memberFromWire(organization, readAnswer(MembershipAnswer, second).membership);
  }

  async findPayee(connectionId: string, iban: string) {
    const { known, at } = await this.#payees.find(connectionId, [iban]);
    return { known: known.get(withoutSpaces(iban)), at };
  }

  findPayees(connectionId: string, ibans: readonly string[]) {
    return this.#payees.find(connectionId, ibans);
  }

  payee(connectionId: string, id: string): Promise<KnownPayee | undefined> {
    return this.#payees.byId(connectionId, id);
  }

  checkPayees(connectionId: string, payees: readonly CheckedPayee[]) {
    return this.#payees.check(connectionId, payees);
  }

  transferRequest(order: TransferOrder): BankRequest {
    return transferRequest(order);
  }

  colleagueRequest(order: RequestOrder): BankRequest {
    return colleagueRequest(order);
  }

  requestApproval(request: { id: string; type: RequestType; accountIban: string }): BankRequest {
    return requestApproval(request);
  }

  ready(connectionId: string): Promise<ReadyBank> {
    return this.#sends.ready(connectionId);
  }

  async approval(
    connectionId: string,
    session: string,
    { method, urgent }: { method: ApprovalPreference; urgent: boolean },
  ): Promise<ApprovalAnswer> {
    const kind = method === 'mock' ? 'mocked_sca_sessions' : 'sca_sessions';
    const answer = await this.#reads.answer(connectionId, {
      ...this.#get(`/v2/${kind}/${encodeURIComponent(session)}`),
      timeoutMs: this.#timeouts.pollMs,
      priority: urgent ? 'read' : 'poll',
    });
    const { at, traceId } = answer;
    if (answer.status === 404) return { kind: 'not_found', at, traceId };
    return { kind: approvalKind(readAnswer(ApprovalWire, answer).result), at, traceId };
  }

  transfer(connectionId: string, id: string) {
    return this.#transfers.byId(connectionId, id);
  }

  transfersSince(connectionId: string, since: Date, options?: { mayMiss: boolean }) {
    return this.#transfers.since(connectionId, since, options);
  }

  cancelTransfer(connectionId: string, id: string) {
    return this.#transfers.cancel(connectionId, id);
  }

  bulk(connectionId: string, id: string) {
    return this.#bulks.byId(connectionId, id);
  }

  bulksSince(connectionId: string, since: Date) {
    return this.#bulks.since(connectionId, since);
  }

  colleagueRequestById(
    connectionId: string,
    request: { id: string; type: RequestType; since: Date },
  ) {
    return this.#colleagues.byId(connectionId, request);
  }

  colleagueRequestsSince(connectionId: string, since: Date) {
    return this.#colleagues.since(connectionId, since);
  }

  declineRequest(connectionId: string, request: { id: string; type: RequestType; note: string }) {
    return this.#colleagues.decline(connectionId, request);
  }

  transferProof(connectionId: string, id: string): Promise<Buffer | undefined> {
    return this.#documents.transferProof(connectionId, id);
  }

  uploadDocument(connectionId: string, document: BankDocument): Promise<string> {
    return this.#documents.upload(connectionId, document);
  }

  #get(path: string): Read {
    return { method: 'GET', path, timeoutMs: this.#timeouts.readMs, priority: 'read' };
  }
}

function approvalKind(result: string): ApprovalAnswer['kind'] {
  if (result === 'waiting') return 'waiting';
  if (result === 'allow') return 'allowed';
  return result === 'deny' ? 'denied' : 'unrecognized';
}
