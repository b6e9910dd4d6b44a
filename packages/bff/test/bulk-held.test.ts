import { randomInt } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { LIST, READ_TRANSFER } from './support/bank.js';
import { Bulk } from './support/bulk.js';
import { runOperator } from './support/operator.js';
import { silence } from './support/unanswered.js';
import { until } from './support/world.js';

vi.setConfig({ testTimeout: 90_000 });
const bank = silence();

/** The second one is what the bank will be made to misreport. */
async function rows(count: number, effect: string) {
  const amount = await bank.world.bank.amount(effect);
  return Array.from({ length: count }, (_, row) =>
    row === 1 ? { amount } : { amount: `${randomInt(1, 400)}.${randomInt(10, 99)}` },
  );
}

/** What the bank lists of a bulk, with another amount for its second row. */
async function misreported(bulk: Bulk) {
  const token = await bank.world.bank.token('alice', 'payment.write organization.read');
  const url = `${bank.world.bank.url}/v2/sepa/transfers?per_page=100`;
  const answer = await fetch(url, { headers: { Authorization: `Bearer ${token}` } });
  const listed = (await answer.json()) as { transfers: Record<string, unknown>[]; meta: unknown };
  const transfers = listed.transfers.map((one) =>
    one.reference === bulk.rows[1]?.reference
      ? { ...one, status: 'processing', amount_cents: 1, amount: 0.01 }
      : one,
  );
  return { ...listed, transfers };
}

/** The second row is held, the others have settled. */
async function held(count: number, effect = 'slow-settlement'): Promise<Bulk> {
  const payer = await bank.world.signedIn();
  const bulk = await Bulk.pending(bank.world, payer, await rows(count, effect));
  // Nothing true is seen of the transfers.
  const silent = { status: 503, body: {} };
  await bank.world.bank.faults(
    { match: { ...LIST, times: 1000 }, do: silent },
    { match: { ...READ_TRANSFER, times: 1000 }, do: silent },
  );
  await bulk.approve();
  await until(
    () => bulk.transfers(),
    ({ length }) => length === count,
  );
  // The service asks again ten seconds after it was not answered.
  await bank.world.bank.clearFaults();
  const { transfers, meta } = await misreported(bulk);
  const [transfer] = transfers.filter(({ reference }) => reference === bulk.rows[1]?.reference);
  await bank.world.bank.faults(
    { match: { ...LIST, times: 50 }, do: { status: 200, body: { transfers, meta } } },
    {
      match: { ...READ_TRANSFER, path: `/v2/sepa/transfers/${String(transfer?.id)}`, times: 50 },
      do: { status: 200, body: { transfer } },
    },
  );
  await until(
    async () => {
      await bank.pass(2);
      return bulk.statuses();
    },
    (statuses) => statuses[1] === 'held',
  );
  await bank.world.bank.clearFaults();
  await until(
    async () => {
      await bank.pass(4);
      return bulk.statuses();
    },
    (statuses) => statuses.every((status, row) => status === (row === 1 ? 'held' : 'settled')),
  );
  expect(await bulk.payment()).toMatchObject({ status: 'held', final: false });
  return bulk;
}

const BY = ['--operator', 'dora', '--why', 'seen in the statement'];

describe('a row of which the bank reports another amount', () => {
  it.each([3, 8])('is held, while the others of %i go on and settle', async (count) => {
    const bulk = await held(count);
    expect((await bulk.state()).snapshot).toMatchObject({ status: 'held', payable: false });
    expect(await bulk.paidTimes()).toEqual(Array(count).fill(1));
    const { rows: alarms } = await bank.world.database.query(
      `select action from audit_log where intent_id = $1 and action like 'alarm:%'`,
      [bulk.id],
    );
    expect(alarms).toEqual([{ action: 'alarm:bank-reports-otherwise' }]);
  });

  it('is listed by its number, tied by an operator, and settles with the rest', async () => {
    const bulk = await held(3);
    const payment = await bulk.payment();
    const id = payment?.id ?? '';
    const list = await runOperator(bank.world, 'held');
    expect(list.text).toContain(`row 2  invoice ${bulk.rows[1]?.externalRef}`);
    expect(list.text).not.toContain(`invoice ${bulk.rows[0]?.externalRef}`);
    const transferId = payment?.items[1]?.transferId ?? '';
    expect(list.text).toContain(`at the bank ${transferId}`);
    const tied = await runOperator(bank.world, 'tie', id, transferId, '--row', '2', ...BY);
    expect(tied).toMatchObject({ code: 0 });
    await bank.pass(125);
    expect(await bulk.reaches('settled')).toMatchObject({ final: true });
    expect(await bulk.paidTimes()).toEqual([1, 1, 1]);
  });

  it('cannot be tied to a transfer of another row, nor failed while the bank has its own', async () => {
    const bulk = await held(3);
    const payment = await bulk.payment();
    const id = payment?.id ?? '';
    const another = payment?.items[0]?.transferId ?? '';
    const tie = await runOperator(bank.world, 'tie', id, another, '--row', '2', ...BY);
    expect(tie.code).toBe(1);
    const wrongRow = await runOperator(bank.world, 'tie', id, another, '--row', '1', ...BY);
    expect(wrongRow.code).toBe(1);
    const fail = await runOperator(bank.world, 'fail', id, '--row', '2', ...BY);
    expect(fail.code).toBe(1);
    expect(await bulk.statuses()).toEqual(['settled', 'held', 'settled']);
  });

  it('frees its invoice once the bank has declined it and an operator has failed it', async () => {
    const bulk = await held(3, 'declined:organisation_compliance_reasons');
    const id = (await bulk.payment())?.id ?? '';
    const failed = await runOperator(bank.world, 'fail', id, '--row', '2', ...BY);
    expect(failed).toMatchObject({ code: 0 });
    expect((await bulk.reaches('partially_settled')).items[1]?.status).toBe('failed');
    const { snapshot, items } = await bulk.state();
    expect(snapshot).toMatchObject({ status: 'partially_settled', payable: true });
    expect(items[1]).toMatchObject({ reason: 'not-at-the-bank', payable: true });
    expect((await bulk.review()).selected).toEqual([1]);
  });
});
