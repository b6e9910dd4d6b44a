import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Driver, MAIN_ACCOUNT, MATCH, TRUSTED_BENEFICIARY } from './driver.js';

let bank: Driver;
let alice: string;

beforeAll(async () => {
  bank = await Driver.start();
  alice = await bank.token();
});
afterAll(() => bank.close());

const ID = '0f0e5b1a-6a0e-4b3e-9d7a-1f2e3d4c5b6a';
const path = fc.constantFrom(
  ...['/v2/organization', '/v2/membership', '/v2/memberships', '/v2/sepa/beneficiaries'],
  ...[`/v2/sepa/beneficiaries/${ID}`, '/v2/sepa/verify_payee', '/v2/sepa/transfers', '/v2/%'],
  ...[`/v2/sepa/transfers/${ID}`, `/v2/sepa/transfers/${ID}/cancel`, '/v2/sca_sessions/x'],
  ...[
    '/v2/mocked_sca_sessions/x',
    '/v2/mocked_sca_sessions/x/allow',
    '/oauth2/token',
    '/oauth2/revoke',
  ],
  ...['/oauth2/auth', '/sign-in/x', '/sign-in/x/consent', '/phone/x/approve', '/_control/tokens'],
  ...[
    '/_control/faults',
    '/_control/clock',
    '/_control/switches',
    '/_control/sca-sessions/x/allow',
  ],
);
const filter = fc.constantFrom(
  'page',
  'per_page',
  'status[]',
  'ids',
  'sort_by',
  'updated_at_from',
  'member',
);
const query = fc.dictionary(filter, fc.string({ unit: 'binary' }), { maxKeys: 3 });
const nearly = fc.record(
  {
    vop_proof_token: fc.anything(),
    transfer: fc.record(
      {
        bank_account_id: fc.oneof(fc.constant(MAIN_ACCOUNT), fc.anything()),
        beneficiary_id: fc.oneof(fc.constant(TRUSTED_BENEFICIARY), fc.anything()),
        beneficiary: fc.oneof(fc.constant(MATCH), fc.anything()),
        amount: fc.oneof(fc.constant('1.00'), fc.anything()),
        reference: fc.anything(),
        scheduled_date: fc.anything(),
        attachment_ids: fc.anything(),
      },
      { requiredKeys: [] },
    ),
    iban: fc.oneof(fc.constant(MATCH.iban), fc.anything()),
    beneficiary_name: fc.anything(),
  },
  { requiredKeys: [] },
);
const body = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.json(),
  nearly.map((value) =>
    JSON.stringify(value, (_key, item) => (typeof item === 'bigint' ? 1 : item)),
  ),
);

it('answers no malformed request with a 500 or a stack trace (facts 5.1)', async () => {
  const call = fc.record({
    ...{ method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE'), path, query, body },
    type: fc.constantFrom('application/json', 'application/x-www-form-urlencoded', 'text/plain'),
  });
  await fc.assert(
    fc.asyncProperty(call, async (wish) => {
      const address = `${wish.path}?${new URLSearchParams(wish.query)}`;
      const headers = {
        ...{ 'content-type': wish.type, 'X-Qonto-Idempotency-Key': 'malformed' },
        ...(wish.path.startsWith('/v2') ? { authorization: `Bearer ${alice}` } : {}),
      };
      const init = wish.method === 'GET' ? { headers } : { headers, body: wish.body };
      const { status, text } = await bank.send(wish.method, address, init);
      expect(status, text).toBeLessThan(500);
      expect(text).not.toMatch(/node_modules|\.ts:\d/);
    }),
    { numRuns: 1500 },
  );
}, 60_000);
