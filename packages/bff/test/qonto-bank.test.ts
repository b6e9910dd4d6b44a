import { randomUUID } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSandbox, type Sandbox } from '@qonto-pay/sandbox';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  BankUnavailableError,
  ConsentNeededError,
  SignedOutError,
} from '../src/payments/errors.js';
import type { BankRequest, OrderItem } from '../src/payments/ports.js';
import { QontoBank, type QontoBankOptions } from '../src/qonto/qonto-bank.js';

const SCOPES = 'offline_access organization.read membership.read payment.write';
const MATCH = { name: 'Atelier Lumière SARL', iban: 'FR7610278008281039295362036' };
const TRUSTED = { name: 'Papeterie du Centre', iban: 'FR7630004008281023456700050' };
const CREATE = { method: 'POST', path: '/v2/sepa/transfers' };

let sandbox: Sandbox;
let accessToken: string;

beforeAll(async () => {
  sandbox = await createSandbox({ port: 0 });
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await control('POST', '/reset');
  accessToken = await tokenOf('alice');
});
afterEach(() => control('DELETE', '/faults'));

describe('accounts', () => {
  it('lists the active ones in euro, the main one first', async () => {
    const accounts = await bankWith().accounts('c');
    expect(accounts.map(({ name, balanceCents, main }) => [name, balanceCents, main])).toEqual([
      ['Main account', 125_000_000n, true],
      ['Projects', 0n, false],
    ]);
    expect(accounts[0]?.iban).toBe('FR7616958000011111111110107');
  });
});

describe('member', () => {
  it('names the organisation and the member of a token', async () => {
    expect(await bankWith().member(accessToken)).toMatchObject({
      organizationName: 'ACME SAS',
      memberName: 'Alice Martin',
      role: 'owner',
      organizationId: expect.any(String),
      membershipId: expect.any(String),
    });
  });
});

describe('payees', () => {
  it.each(['flat', 'nested'])('finds a known one by IBAN and by id (%s)', async (shape) => {
    await control('PUT', '/switches', { beneficiary_account: shape });
    const bank = bankWith();
    const { known: payee } = await bank.findPayee('c', TRUSTED.iban);
    expect(payee).toEqual({ id: expect.any(String), ...TRUSTED, trusted: true });
    expect(await bank.payee('c', payee?.id ?? '')).toEqual(payee);
  });

  it('does not know a declined one, nor one that nobody entered', async () => {
    const bank = bankWith();
    expect((await bank.findPayee('c', 'FR7630003004501038503428938')).known).toBeUndefined();
    expect((await bank.findPayee('c', MATCH.iban)).known).toBeUndefined();
    expect(await bank.payee('c', randomUUID())).toBeUndefined();
  });
});

describe('checkPayees of one', () => {
  it.each([
    ['match', MATCH],
    ['no_match', { name: 'Global Trade Partners', iban: 'FR7620041060011040879228209' }],
    ['not_possible', { name: 'Kantoor Zuid BV', iban: 'NL75INGB0417169868' }],
    ['not_possible', { name: 'Süddeutsche Werkzeug GmbH', iban: 'DE83100700240532414564' }],
    ['not_possible', { name: 'Cerámica Levante SL', iban: 'ES4221000418410200066766' }],
    ['not_possible', { name: 'Vetreria Murano SRL', iban: 'IT98Z0542811101000000125438' }],
  ])('answers %s for %j with a proof', async (result, payee) => {
    const answer = await bankWith().checkPayees('c', [payee]);
    expect(answer).toEqual({
      results: [{ result, bankName: undefined }],
      proof: expect.any(String),
    });
  });

  it('tells the holder at a close match', async () => {
    const payee = { name: 'Jean Dupond', iban: 'FR7614508012341040087295167' };
    const answer = await bankWith().checkPayees('c', [payee]);
    expect(answer.results).toEqual([{ result: 'close_match', bankName: 'Jean Dupont' }]);
  });
});

describe('a payment', () => {
  it('is challenged, approved, and accepted by the same bytes', async () => {
    const bank = bankWith();
    const attempt = await newAttempt(bank);
    const first = await (await bank.ready('c')).send(attempt);
    if (first.kind !== 'approval_needed') return expect.unreachable(first.kind);
    expect((await poll(bank, first.session)).kind).toBe('waiting');
    await control('POST', `/sca-sessions/${first.session}/allow`);
    expect((await poll(bank, first.session)).kind).toBe('allowed');

    const replay = await (await bank.ready('c')).send(attempt, first.session);
    if (replay.kind !== 'accepted') return expect.unreachable(replay.kind);
    expect(replay.transfer).toMatchObject({ amountCents: 1_250n, currency: 'EUR', note: 'QP-1' });
    expect(await bank.transfer('c', replay.transfer.id)).toMatchObject({ id: replay.transfer.id });
    const { transfers } = await ledger();
    expect(transfers).toHaveLength(1);
    expect(transfers[0]).toMatchObject({ amount_cents: 1250, idempotency_key: attempt.bankKey });
  });

  it('goes through at once to a trusted payee', async () => {
    const bank = bankWith();
    const { id = '' } = (await bank.findPayee('c', TRUSTED.iban)).known ?? {};
    const answer = await send(bank, { payee: { id }, proofOf: TRUSTED });
    expect(answer.kind).toBe('accepted');
  });

  it('ends when the member denies', async () => {
    const bank = bankWith();
    const attempt = await newAttempt(bank);
    const first = await (await bank.ready('c')).send(attempt);
    if (first.kind !== 'approval_needed') return expect.unreachable(first.kind);
    await control('POST', `/sca-sessions/${first.session}/deny`);
    expect((await poll(bank, first.session)).kind).toBe('denied');
    expect((await (await bank.ready('c')).send(attempt, first.session)).kind).toBe('approval_over');
  });

  it('needs a device', async () => {
    accessToken = await tokenOf('noah');
    expect((await send(bankWith())).kind).toBe('not_enrolled');
  });

  it.each([
    ['666.21', 'insufficient-funds'],
    ['666.41', 'needs-approver'],
  ])('of %s is refused with %s', async (amount, reason) => {
    const bank = bankWith();
    const attempt = await newAttempt(bank, { amountCents: BigInt(amount.replace('.', '')) });
    let answer = await (await bank.ready('c')).send(attempt);
    if (answer.kind === 'approval_needed') {
      await control('POST', `/sca-sessions/${answer.session}/allow`);
      answer = await (await bank.ready('c')).send(attempt, answer.session);
    }
    expect(answer).toMatchObject({ kind: 'refused', reason, outcome: 'declined' });
  });

  it('with an expired payee check may be tried again', async () => {
    const bank = bankWith();
    const attempt = await newAttempt(bank);
    await control('POST', '/clock', { advanceSeconds: 24 * 3600 });
    accessToken = await tokenOf('alice');
    const answer = await (await bank.ready('c')).send(attempt);
    expect(answer).toMatchObject({ reason: 'payee-check-expired', outcome: 'failed' });
  });

  it('carries a mocked approval where the bank is a sandbox', async () => {
    const bank = bankWith();
    const attempt = { ...(await newAttempt(bank)), approvalMethod: 'mock' as const };
    const first = await (await bank.ready('c')).send(attempt);
    if (first.kind !== 'approval_needed') return expect.unreachable(first.kind);
    const answer = await bank.approval('c', first.session, { method: 'mock', urgent: true });
    expect(answer.kind).toBe('waiting');
  });
});

describe('transfersSince', () => {
  it('reads all pages, oldest change first, with the clock of the bank', async () => {
    const since = new Date(Date.now() - 60_000);
    const bank = bankWith();
    const { id = '' } = (await bank.findPayee('c', TRUSTED.iban)).known ?? {};
    const { proof } = await bank.checkPayees('c', [TRUSTED]);
    const order = { ...ORDER, items: [{ ...ITEM, payee: { id }, amountCents: 100n }], proof };
    for (let count = 0; count < 101; count++) {
      await (await bank.ready('c')).send(attemptOf(bank.transferRequest(order)));
    }
    // While they settle the list moves under the reader, which is an error: it asks again.
    const list = () => bank.transfersSince('c', since);
    const listing = await vi.waitFor(list, { timeout: 15_000, interval: 500 });
    expect(new Set(listing.transfers.map((transfer) => transfer.id)).size).toBe(101);
    expect(Math.abs(listing.at.getTime() - Date.now())).toBeLessThan(5_000);
    expect((await bank.transfersSince('c', new Date(Date.now() + 60_000))).transfers).toEqual([]);
  });

  it('is never a part of the list', async () => {
    const partial = { transfers: [], meta: { next_page: null, total_pages: 1, total_count: 3 } };
    await control('POST', '/faults', [
      { match: { path: '/v2/sepa/transfers' }, do: { status: 200, body: partial } },
      { match: { path: '/v2/sepa/transfers', nth: 2 }, do: { status: 500 } },
    ]);
    const bank = bankWith();
    await expect(bank.transfersSince('c', new Date(0))).rejects.toThrow(BankUnavailableError);
    await expect(bank.transfersSince('c', new Date(0))).rejects.toThrow(BankUnavailableError);
  });
});

describe('when the bank is at its worst', () => {
  const faults: [string, Record<string, unknown>, string][] = [
    ['an HTML page', { html: true }, 'not-json'],
    ['a 503', { status: 503 }, 'http-503'],
    ['a 429', { rateLimit: {} }, 'rate-limited'],
    ['a reset before', { resetBefore: true }, 'reset'],
    ['a reset after the work', { resetAfterCommit: true }, 'reset'],
    ['half an answer', { truncateBytes: 20 }, 'reset'],
    ['no answer in time', { delayMs: 1_000 }, 'timeout'],
  ];

  it.each(faults)(
    'a send that meets %s has no answer, and is sent once',
    async (_, trouble, cause) => {
      const bank = bankWith({ timeouts: { createMs: 300 } });
      const attempt = await newAttempt(bank);
      const ready = await bank.ready('c');
      await control('POST', '/faults', [{ match: CREATE, do: trouble }]);
      expect(await ready.send(attempt)).toMatchObject({ kind: 'no_answer', cause });
      // A delayed answer is counted when the bank has finished it.
      await vi.waitFor(async () => expect(await callsOf('POST /v2/sepa/transfers')).toBe(1), 3_000);
    },
  );

  it.each(faults)('a read that meets %s says so', async (_, trouble) => {
    const bank = bankWith({ timeouts: { readMs: 300 } });
    await control('POST', '/faults', [{ match: { path: '/v2/organization' }, do: trouble }]);
    await expect(bank.accounts('c')).rejects.toThrow(BankUnavailableError);
  });

  it('a login page instead of the bank is never a success', async () => {
    const gated = await createSandbox({ port: 0, stagingToken: 'staging' });
    const issued = await fetch(`${gated.url}/_control/tokens`, {
      method: 'POST',
      body: JSON.stringify({ member: 'alice', scope: SCOPES }),
    });
    accessToken = ((await issued.json()) as { access_token: string }).access_token;
    await expect(bankWith({ baseUrl: gated.url }).accounts('c')).rejects.toThrow(
      BankUnavailableError,
    );
    const withToken = bankWith({ baseUrl: gated.url, stagingToken: 'staging' });
    expect(await withToken.accounts('c')).toHaveLength(2);
    await gated.close();
  });

  it('a bank that cannot be reached is told from one that broke off', async () => {
    const closed = await serve(() => {});
    closed.server.close();
    const ready = await bankWith({ baseUrl: closed.url }).ready('c');
    const answer = await ready.send(attemptOf(REQUEST));
    expect(answer).toMatchObject({ kind: 'no_answer', cause: 'unreachable' });
  });

  it('a poll that finds no session keeps it', async () => {
    expect((await poll(bankWith(), 'no-such-session')).kind).toBe('not_found');
    const wrongPath = bankWith({ baseUrl: `${sandbox.url}/nowhere` });
    expect((await poll(wrongPath, 'session')).kind).toBe('not_found');
  });

  it('a result that nobody has documented is unrecognized', async () => {
    await control('POST', '/faults', [
      { match: { path: '/v2/sca_sessions/*' }, do: { status: 200, body: { result: 'perhaps' } } },
    ]);
    expect((await poll(bankWith(), 'session')).kind).toBe('unrecognized');
  });

  it('an answer without end is cut off', async () => {
    const answer = await sendTo((res) => {
      res.writeHead(200, { 'content-type': 'application/json' });
      const write = (): void => {
        while (!res.destroyed && res.write(' '.repeat(64_000)));
        if (!res.destroyed) res.once('drain', write);
      };
      write();
    });
    expect(answer).toMatchObject({ kind: 'no_answer', cause: 'too-large' });
  });

  it.each([301, 307, 308, 401, 408, 421, 425, 503])('a %i is not sent again', async (status) => {
    let calls = 0;
    const answer = await sendTo((res) => {
      calls++;
      res.writeHead(status, { location: '/elsewhere', 'retry-after': '0' }).end();
    });
    expect([answer.kind, calls]).toEqual(['no_answer', 1]);
  });
});

describe('tokens and permissions', () => {
  it('a refused token is renewed once for a read, never for a send', async () => {
    const good = accessToken;
    accessToken = 'dead';
    const renew = vi.fn(async () => good);
    const bank = bankWith({ tokens: { forConnection: async () => accessToken, renew } });
    expect(await bank.accounts('c')).toHaveLength(2);
    expect(renew).toHaveBeenCalledWith('c', 'dead');
    const ready = await bank.ready('c');
    const answer = await ready.send(attemptOf(bank.transferRequest(ORDER)));
    expect(answer).toMatchObject({ reason: 'signed-out', outcome: 'failed' });
    expect(await callsOf('POST /v2/sepa/transfers')).toBe(1);
  });

  it('a token that stays refused means signing in again', async () => {
    accessToken = 'dead';
    const renew = vi
      .fn<(id: string, refused: string) => Promise<string>>()
      .mockResolvedValueOnce('dead too')
      .mockRejectedValueOnce(new SignedOutError('x'));
    const bank = bankWith({ tokens: { forConnection: async () => accessToken, renew } });
    await expect(bank.accounts('c')).rejects.toThrow(SignedOutError);
    expect(renew.mock.calls).toEqual([
      ['c', 'dead'],
      ['c', 'dead too'],
    ]);
  });

  it('a missing permission is asked for', async () => {
    accessToken = await tokenOf('alice', 'organization.read');
    await expect(bankWith().checkPayees('c', [MATCH])).rejects.toThrow(ConsentNeededError);
    expect(await (await bankWith().ready('c')).send(attemptOf(REQUEST))).toMatchObject({
      reason: 'consent-needed',
      outcome: 'failed',
    });
  });

  it('a role that may not pay is refused by the bank', async () => {
    accessToken = await tokenOf('emma');
    await expect(bankWith().checkPayees('c', [{ ...MATCH, iban: 'FR00' }])).rejects.toThrow();
    const answer = await (await bankWith().ready('c')).send(attemptOf(REQUEST));
    expect(answer).toMatchObject({ reason: 'not-allowed', outcome: 'declined' });
  });

  it('no budget is no call', async () => {
    const bank = bankWith({ budget: { take: async () => false } });
    await expect(bank.ready('c')).rejects.toThrow('busy');
    await expect(bank.accounts('c')).rejects.toThrow(BankUnavailableError);
    expect(await callsOf('GET /v2/organization')).toBe(0);
  });
});

describe('the clock of the bank', () => {
  it('is passed on with every answer', async () => {
    await control('POST', '/clock', { advanceSeconds: 3600 });
    accessToken = await tokenOf('alice');
    bankTimes.length = 0;
    await bankWith().accounts('c');
    const [at] = bankTimes;
    expect(Math.abs((at?.getTime() ?? 0) - Date.now() - 3_600_000)).toBeLessThan(5_000);
  });
});

const bankTimes: Date[] = [];
const ITEM: OrderItem = {
  clientTransferId: '01930000-0000-7000-8000-000000000001',
  payee: MATCH,
  amountCents: 1_250n,
  remittance: 'INV-1',
  note: 'QP-1',
  scheduledOn: undefined,
  attachmentIds: [],
};
const ORDER = {
  accountId: '01930000-0000-7000-8003-000000000001',
  items: [ITEM],
  proof: 'no proof',
};
const REQUEST: BankRequest = {
  path: '/v2/sepa/transfers',
  body: Buffer.from(
    JSON.stringify({
      vop_proof_token: 'x',
      transfer: {
        bank_account_id: ORDER.accountId,
        beneficiary: MATCH,
        reference: 'x',
        amount: '1.00',
      },
    }),
  ),
};

function bankWith(options: Partial<QontoBankOptions> = {}): QontoBank {
  return new QontoBank({
    baseUrl: sandbox.url,
    tokens: { forConnection: async () => accessToken, renew: async () => accessToken },
    budget: { take: async () => true },
    onBankTime: (at) => bankTimes.push(at),
    ...options,
  });
}

function attemptOf(request: BankRequest) {
  return {
    kind: 'transfer' as const,
    bankKey: randomUUID(),
    request,
    approvalMethod: 'paired-device' as const,
  };
}

async function newAttempt(
  bank: QontoBank,
  { payee = MATCH as { id: string } | typeof MATCH, proofOf = MATCH, amountCents = 1_250n } = {},
) {
  const { proof } = await bank.checkPayees('c', [proofOf]);
  const items = [{ ...ITEM, payee, amountCents }];
  return attemptOf(bank.transferRequest({ ...ORDER, items, proof }));
}

async function send(bank: QontoBank, options?: Parameters<typeof newAttempt>[1]) {
  const attempt = await newAttempt(bank, options);
  return (await bank.ready('c')).send(attempt);
}

async function serve(answer: (res: http.ServerResponse) => void) {
  const server = http.createServer((_req, res) => answer(res));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** One send to a server that answers as it likes. */
async function sendTo(answer: (res: http.ServerResponse) => void) {
  const { server, url } = await serve(answer);
  const ready = await bankWith({ baseUrl: url }).ready('c');
  const sent = await ready.send(attemptOf(REQUEST));
  server.closeAllConnections();
  server.close();
  return sent;
}

function poll(bank: QontoBank, session: string) {
  return bank.approval('c', session, { method: 'paired-device', urgent: false });
}

async function control(method: string, path: string, body?: unknown): Promise<unknown> {
  const init = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${sandbox.url}/_control${path}`, { method, ...init });
  if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
  return response.status === 204 ? undefined : response.json();
}

async function tokenOf(member: string, scope = SCOPES): Promise<string> {
  const tokens = (await control('POST', '/tokens', { member, scope })) as { access_token: string };
  return tokens.access_token;
}

async function ledger() {
  return (await control('GET', '/ledger')) as {
    transfers: Record<string, unknown>[];
    calls: Record<string, Record<string, number>>;
  };
}

async function callsOf(endpoint: string): Promise<number> {
  const counts = (await ledger()).calls[endpoint] ?? {};
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
