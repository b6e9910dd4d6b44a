import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Bank } from './support/bank.js';
import { plainFetch } from './support/bank-calls.js';
import { percentile } from './support/numbers.js';
import { printTable, printTitle } from './support/report.js';
import { requestsPerSecond } from './support/request-rate.js';
import type { HeapReport } from './support/sandbox-heap.js';

const ROUNDS = 5;
const SECONDS = 2;
const LEAST_RATIO = 0.035;
const TRANSFERS = 200_000;
const MOST_BYTES = 2_048;
const MOST_LEFT = 0.1;

const PLAIN = fileURLToPath(new URL('./support/plain-json-server.ts', import.meta.url));
const HEAP = fileURLToPath(new URL('./support/sandbox-heap.ts', import.meta.url));

/** How fast the sandbox answers a poll, and what it costs it to hold transfers. */
export async function sandbox(): Promise<void> {
  printTitle(`sandbox: polls per second, and the heap of ${TRANSFERS} transfers`);
  const polls = await pollRates();
  const heap = await heapOf(TRANSFERS);
  const left = heap.afterResetBytes / heap.emptyBytes - 1;
  const perTransfer = heap.ledgerBytes / TRANSFERS;
  printTable(
    ['sandbox', 'figure', 'goal'],
    [
      ['GET /v2/sca_sessions/{token}', `${Math.round(polls.ours)}/s`, ''],
      ['a bare node:http JSON answer', `${Math.round(polls.plain)}/s`, ''],
      ['ratio of the two', polls.ratio.toFixed(3), `≥ ${LEAST_RATIO}`],
      ['heap per held transfer', `${Math.round(perTransfer)} bytes`, `≤ ${MOST_BYTES}`],
      ['  with its answer kept for 30 minutes', bytesEach(heap.withAnswersBytes), ''],
      ['heap after reset', `${(left * 100).toFixed(1)} %`, '± 10 %'],
    ],
  );
  const isGood =
    polls.ratio >= LEAST_RATIO && perTransfer <= MOST_BYTES && Math.abs(left) <= MOST_LEFT;
  if (!isGood) throw new Error('The sandbox misses a goal.');
}

const bytesEach = (bytes: number): string => `${Math.round(bytes / TRANSFERS)} bytes`;

/** Both servers in processes of their own, in turns. */
async function pollRates(): Promise<{ ours: number; plain: number; ratio: number }> {
  const bank = await Bank.start('http://localhost:4100/oauth/callback/demo');
  const plain = await startPlain();
  try {
    const { path, token } = await openSession(bank);
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const wish = { path, token, seconds: SECONDS };
      ours.push(await requestsPerSecond(bank.url, wish));
      theirs.push(await requestsPerSecond(plain.url, wish));
    }
    const ratios = ours.map((rate, round) => rate / (theirs[round] ?? Number.NaN));
    const [middle, plainMiddle] = [percentile(ours, 0.5), percentile(theirs, 0.5)];
    return { ours: middle, plain: plainMiddle, ratio: percentile(ratios, 0.5) };
  } finally {
    await bank.close();
    plain.stop();
  }
}

async function startPlain(): Promise<{ url: string; stop: () => void }> {
  const child = fork(PLAIN);
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  return { url, stop: () => child.disconnect() };
}

/** A challenge that nobody answers: what is polled for the most part. */
async function openSession(bank: Bank): Promise<{ path: string; token: string }> {
  const payee = await bank.payee('match');
  const scope = 'payment.write organization.read';
  const { access_token: token } = await ask(bank, '/_control/tokens', {
    body: { member: 'alice', scope },
  });
  const headers = { authorization: `Bearer ${token}` };
  const { proof_token } = await ask(bank, '/v2/sepa/verify_payee', {
    ...{ headers, body: { iban: payee.iban, beneficiary_name: payee.name } },
  });
  const { organization } = await ask(bank, '/v2/organization', { headers });
  const transfer = {
    bank_account_id: organization.bank_accounts[0].id,
    ...{ beneficiary: payee, reference: 'Benchmark', amount: '1.00' },
  };
  const challenge = await ask(bank, '/v2/sepa/transfers', {
    headers: { ...headers, 'X-Qonto-Idempotency-Key': 'benchmark' },
    body: { vop_proof_token: proof_token.token, transfer },
  });
  return { path: `/v2/sca_sessions/${challenge.sca_session_token}`, token };
}

// biome-ignore lint/suspicious/noExplicitAny: a benchmark reads freely what the bank answers.
type Answer = any;

async function ask(
  { url }: Bank,
  path: string,
  wish: { headers?: Record<string, string>; body?: unknown },
): Promise<Answer> {
  const hasBody = wish.body !== undefined;
  const response = await plainFetch(url + path, {
    method: hasBody ? 'POST' : 'GET',
    headers: { 'content-type': 'application/json', ...wish.headers },
    ...(hasBody ? { body: JSON.stringify(wish.body) } : {}),
  });
  return response.json();
}

async function heapOf(transfers: number): Promise<HeapReport> {
  const child = fork(HEAP, [String(transfers)], {
    execArgv: [...process.execArgv, '--expose-gc'],
  });
  const [report] = (await once(child, 'message')) as [HeapReport];
  return report;
}
