import { BankUnavailableError } from '../payments/errors.js';
import type {
  ApprovalAnswer,
  ApprovalPreference,
  Bank,
  BankAccount,
  BankRequest,
  BankTransfer,
  KnownPayee,
  PayeeCheckAnswer,
  ReadyBank,
  SendAnswer,
  TransferOrder,
} from '../payments/ports.js';
import { NoAnswerError, QontoClient, type QontoClientOptions } from './client.js';
import { accountFromWire, isUsable, payeeFromWire } from './organization.js';
import { payeeCheckAnswer } from './payee-check.js';
import type { AccessTokenSource, BankBudget } from './ports.js';
import { QontoReads, type Read, readAnswer } from './reads.js';
import { sendAnswer } from './send-answer.js';
import { transferFromWire } from './status.js';
import { listTransfers } from './transfer-listing.js';
import { transferRequest } from './transfer-request.js';
import {
  AccountsAnswer,
  ApprovalWire,
  BeneficiariesAnswer,
  BeneficiaryAnswer,
  MembershipAnswer,
  OrganizationAnswer,
  TransferAnswer,
} from './wire.js';

export interface QontoTimeouts {
  createMs: number;
  payeeCheckMs: number;
  readMs: number;
  pollMs: number;
}

export interface QontoBankOptions extends QontoClientOptions {
  tokens: AccessTokenSource;
  budget: BankBudget;
  timeouts?: Partial<QontoTimeouts>;
}

/** Who signed in, by the bank. */
export interface BankMember {
  organizationId: string;
  organizationName: string;
  membershipId: string;
  memberName: string;
}

type Attempt = Parameters<ReadyBank['send']>[0];

const TIMEOUTS: QontoTimeouts = {
  createMs: 20_000,
  payeeCheckMs: 20_000,
  readMs: 8_000,
  pollMs: 5_000,
};

/** The core's `Bank`, played by Qonto's Business API. */
export class QontoBank implements Bank {
  readonly #client: QontoClient;
  readonly #reads: QontoReads;
  readonly #tokens: AccessTokenSource;
  readonly #budget: BankBudget;
  readonly #timeouts: QontoTimeouts;
  readonly #now: () => Date;

  constructor({ tokens, budget, timeouts, ...client }: QontoBankOptions) {
    this.#client = new QontoClient(client);
    this.#reads = new QontoReads(this.#client, budget, tokens);
    this.#tokens = tokens;
    this.#budget = budget;
    this.#timeouts = { ...TIMEOUTS, ...timeouts };
    this.#now = client.now ?? (() => new Date());
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
    const { membership } = readAnswer(MembershipAnswer, second);
    const name = [membership.first_name, membership.last_name].filter(Boolean).join(' ');
    return {
      // Only the slug is promised for every organization.
      organizationId: organization.id ?? organization.slug,
      organizationName: organization.name ?? organization.legal_name ?? organization.slug,
      membershipId: membership.id,
      memberName: name,
    };
  }

  async findPayee(connectionId: string, iban: string) {
    const query = [
      ['iban[]', iban],
      ['per_page', '100'],
    ] as const;
    const read = { ...this.#get('/v2/sepa/beneficiaries'), query };
    const answer = await this.#reads.answer(connectionId, read);
    const { beneficiaries } = readAnswer(BeneficiariesAnswer, answer);
    const known = beneficiaries
      .filter(isUsable)
      .map(payeeFromWire)
      .find((payee) => payee.iban === iban);
    return { known, at: answer.at };
  }

  async payee(connectionId: string, id: string): Promise<KnownPayee | undefined> {
    const read = this.#get(`/v2/sepa/beneficiaries/${encodeURIComponent(id)}`);
    const answer = await this.#reads.answer(connectionId, read);
    if (answer.status === 404 && answer.json !== undefined) return undefined;
    return payeeFromWire(readAnswer(BeneficiaryAnswer, answer).beneficiary);
  }

  async checkPayee(
    connectionId: string,
    { name, iban }: { name: string; iban: string },
  ): Promise<PayeeCheckAnswer> {
    const answer = await this.#reads.answer(connectionId, {
      method: 'POST',
      path: '/v2/sepa/verify_payee',
      body: Buffer.from(JSON.stringify({ iban, beneficiary_name: name })),
      timeoutMs: this.#timeouts.payeeCheckMs,
      priority: 'read',
    });
    return payeeCheckAnswer(answer);
  }

  transferRequest(order: TransferOrder): BankRequest {
    return transferRequest(order);
  }

  async ready(connectionId: string): Promise<ReadyBank> {
    const accessToken = await this.#tokens.forConnection(connectionId);
    if (!(await this.#budget.take('create'))) throw new BankUnavailableError('busy');
    return {
      send: async (attempt, approvalSession) => {
        const answer = await this.#send(accessToken, attempt, approvalSession);
        if (answer.kind === 'refused' && answer.reason === 'signed-out') {
          // Not awaited: the answer has to be stored first, and the next call finds out by itself.
          void this.#tokens.renew(connectionId, accessToken).catch(() => {});
        }
        return answer;
      },
    };
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

  async transfer(connectionId: string, id: string) {
    const answer = await this.#reads.answer(connectionId, {
      ...this.#get(`/v2/sepa/transfers/${encodeURIComponent(id)}`),
      timeoutMs: this.#timeouts.pollMs,
      priority: 'poll',
    });
    const { at, traceId } = answer;
    return { ...transferFromWire(readAnswer(TransferAnswer, answer).transfer, at), at, traceId };
  }

  transfersSince(
    connectionId: string,
    since: Date,
  ): Promise<{ transfers: BankTransfer[]; at: Date }> {
    const ask = (read: Read) => this.#reads.answer(connectionId, read);
    return listTransfers(ask, since, this.#timeouts.readMs);
  }

  async #send(
    accessToken: string,
    { bankKey, request, approvalMethod }: Attempt,
    approvalSession: string | undefined,
  ): Promise<SendAnswer> {
    try {
      const answer = await this.#client.call({
        method: 'POST',
        path: request.path,
        body: request.body,
        accessToken,
        headers: {
          'X-Qonto-Idempotency-Key': bankKey,
          'X-Qonto-2fa-Preference': approvalMethod,
          ...(approvalSession && { 'X-Qonto-Sca-Session-Token': approvalSession }),
        },
        timeoutMs: this.#timeouts.createMs,
      });
      return sendAnswer(answer, approvalSession !== undefined);
    } catch (error) {
      // Bytes may have left whatever went wrong, so a send always answers.
      const cause = error instanceof NoAnswerError ? error.reason : 'reset';
      return { kind: 'no_answer', cause, at: this.#now(), traceId: undefined };
    }
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
