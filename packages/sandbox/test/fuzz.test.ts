import { Agent, request as send } from 'node:http';
import { expect, it } from 'vitest';
import { CHECK_ERRORS } from '../src/data/magic.js';
import { Driver, MAIN_ACCOUNT, MATCH, TRUSTED } from './driver.js';
import { faultOfAnswer } from './support/contract.js';
import { Random } from './support/random.js';
import { type FuzzRequest, generate, type World } from './support/request-generator.js';

const REQUESTS = 20_000;
const ROUND = 1_000;
const AT_A_TIME = 16;
const SEED = 20_251_120;

interface FuzzAnswer {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
}

it('answers 20,000 fuzzed requests in one of the five envelopes, never with a 500 (facts 5.1)', async () => {
  const bank = await Driver.start();
  const agent = new Agent({ keepAlive: true, maxSockets: AT_A_TIME });
  const random = new Random(SEED);
  const statuses = new Map<number, number>();
  const faults: string[] = [];
  for (let done = 0; done < REQUESTS; done += ROUND) {
    // What piles up would only slow the rest down.
    const world = await startOver(bank);
    const queue = Array.from({ length: ROUND }, () => generate(random, world));
    const lane = async () => {
      for (let next = queue.pop(); next; next = queue.pop()) {
        const answer = await exchange(bank.url, next, agent);
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        const fault = faultOf(next, answer);
        if (fault !== undefined) faults.push(fault);
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, lane));
    if (faults.length > 0) break;
  }
  agent.destroy();
  await bank.close();
  expect(faults.slice(0, 3)).toEqual([]);
  // The requests reach deep: successes, and refusals of every kind.
  for (const status of [200, 201, 400, 401, 403, 404, 422, 428]) {
    expect(statuses.get(status), String(status)).toBeGreaterThan(10);
  }
}, 180_000);

async function startOver(bank: Driver): Promise<World> {
  await bank.control('POST', '/reset');
  const scopes =
    'organization.read membership.read payment.write internal_transfer.write request_transfers.write request_review.write attachment.write attachment.read payment_link.read payment_link.write webhook client_invoices.read supplier_invoice.read';
  const members = [...Array.from({ length: 8 }, () => 'alice'), 'adam', 'mia', 'nora', 'noah'];
  const tokens = await Promise.all(members.map((member) => bank.token(member, scopes)));
  const [alice = ''] = tokens;
  const proofs = [await bank.proof(alice, TRUSTED), await bank.proof(alice, MATCH)];
  await connectLinks(bank, alice);
  const challenge = await bank.create(alice, await bank.transfer(alice));
  return {
    tokens: [...tokens, await bank.token('alice', 'membership.read')],
    proofs,
    sessions: [challenge.json.sca_session_token],
  };
}

/** Without a connection every payment link is 404. */
async function connectLinks(bank: Driver, token: string): Promise<void> {
  const { json } = await bank.post('/v2/payment_links/connections', token, {
    ...{ partner_callback_url: 'http://localhost:9/', user_bank_account_id: MAIN_ACCOUNT },
    ...{ user_phone_number: '+33612345678', business_description: null },
  });
  const { pathname } = new URL(json.connection_location);
  await bank.send('POST', pathname, { body: new URLSearchParams({ answer: 'enabled' }) });
}

function exchange(url: string, wish: FuzzRequest, agent: Agent): Promise<FuzzAnswer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const { method, path } = wish;
    const body = method === 'GET' ? undefined : wish.body;
    // Without a length Node would not frame the body of a DELETE.
    const length = body === undefined ? {} : { 'content-length': body.length };
    const headers = { ...wish.headers, ...length };
    const call = send({ hostname, port, method, path, headers, agent }, (res) => {
      let text = '';
      res.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      res.on('end', () =>
        resolve({ status: res.statusCode ?? 0, type: res.headers['content-type'] ?? null, text }),
      );
      res.on('error', reject);
    });
    call.on('error', reject);
    call.end(body);
  });
}

function faultOf(wish: FuzzRequest, answer: FuzzAnswer): string | undefined {
  const told = (what: string) =>
    `${what}: ${wish.method} ${wish.path.slice(0, 300)} ${wish.body?.toString().slice(0, 600)}\n${answer.status} ${answer.text.slice(0, 600)}`;
  if (/node_modules|\.ts:\d|at \w+ \(/.test(answer.text)) return told('a stack trace');
  if (answer.status >= 500 && !isOfPayeesBank(answer.text)) return told('a 500');
  return isEnvelope(answer)
    ? faultOfAnswer({ ...wish, ...answer, path: wish.path })
    : told('no envelope');
}

/** The documented errors of the payee's bank, which carry a proof (facts 4.3). */
function isOfPayeesBank(text: string): boolean {
  return Object.keys(CHECK_ERRORS).some((code) => text.includes(`"code":"${code}"`));
}

function isEnvelope({ status, type, text }: FuzzAnswer): boolean {
  if (status < 400) return true;
  if (type?.startsWith('text/html')) return true;
  if (type?.startsWith('text/plain')) return status === 404;
  if (!type?.startsWith('application/json')) return false;
  const { errors, error, code, message } = JSON.parse(text);
  const isList = Array.isArray(errors) && errors.length > 0;
  return (
    isList ||
    typeof errors?.message === 'string' ||
    typeof error === 'string' ||
    Boolean(code && message)
  );
}
