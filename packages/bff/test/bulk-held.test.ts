import { randomInt } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { CREATE_BULK, type Fault, LIST, READ_BULK, READ_TRANSFER } from './support/bank.js';
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

async function fromBank(path: string): Promise<unknown> {
  const token = await bank.world.bank.token('alice', 'payment.write organization.read');
  const headers = { Authorization: `Bearer ${token}` };
  return (await fetch(`${bank.world.bank.url}${path}`, { headers })).json();
}

/** What the bank lists of a bulk, with another amount for its second row. */
async function misreported(bulk: Bulk) {
  const listed = (await fromBank('/v2/sepa/transfers?per_page=100')) as {
    transfers: Record<string, unknown>[];
    meta: unknown;
  };
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

describe('a bulk of which the bank', () => {
  const alarmsOf = async ({ id }: Bulk) => {
    const { rows } = await bank.world.database.query<{ action: string }>(
      `select action from audit_log where intent_id = $1 and action like 'alarm:%' order by id`,
      [id],
    );
    return rows.map(({ action }) => action);
  };
  const settles = (bulk: Bulk) =>
    until(
      async () => {
        await bank.pass(4);
        return bulk.statuses();
      },
      (statuses) => statuses.every((status) => status === 'settled'),
    );

  it('does not name one row raises an alarm, and settles when it does', async () => {
    const bulk = await Bulk.pending(bank.world, await bank.world.signedIn(), 3);
    const silent: Fault = { match: { ...READ_BULK, times: 1000 }, do: { status: 503, body: {} } };
    await bank.world.bank.faults(silent);
    await bulk.approve();
    await until(
      () => bulk.transfers(),
      ({ length }) => length === 3,
    );
    const [attempt] = await bulk.attempts();
    const { bulk_transfers } = await bank.world.bank.ledger();
    const made = bulk_transfers.find((one) => one.idempotency_key === attempt?.bank_key);
    await bank.world.bank.clearFaults();
    const { bulk_transfer } = (await fromBank(`/v2/sepa/bulk_transfers/${made?.id}`)) as {
      bulk_transfer: { results: unknown[] };
    };
    const body = { bulk_transfer: { ...bulk_transfer, results: bulk_transfer.results.slice(1) } };
    await bank.world.bank.faults({
      match: { ...READ_BULK, times: 1000 },
      do: { status: 200, body },
    });
    await until(
      async () => {
        await bank.pass(4);
        return bulk.statuses();
      },
      (statuses) => statuses.join() === 'processing,settled,settled',
    );
    expect(await alarmsOf(bulk)).toEqual(['alarm:bulk-row-missing']);
    await bank.world.bank.clearFaults();
    await settles(bulk);
    expect(await bulk.paidTimes()).toEqual([1, 1, 1]);
  });

  it('no longer takes the proof fails before anything moves, and is checked anew', async () => {
    const bulk = await Bulk.begin(bank.world, await bank.world.signedIn(), 3);
    const fields = await bulk.confirmation();
    const body = { errors: [{ code: 'vop_proof_token_invalid', detail: 'The proof is over' }] };
    await bank.world.bank.faults({ match: CREATE_BULK, do: { status: 422, body } });
    await bulk.payer.sendConfirmation(bulk.id, fields);
    await bulk.reaches('failed');
    expect((await bulk.state()).payment).toMatchObject({ reason: 'payee-check-expired' });
    await bulk.confirmed();
    await bulk.reaches('approval_needed');
    await bulk.approve();
    await settles(bulk);
    const { rows } = await bank.world.database.query(
      'select 1 from payee_checks where intent_id = $1',
      [bulk.id],
    );
    expect(rows).toHaveLength(2);
    expect(await bulk.paidTimes()).toEqual([1, 1, 1]);
  });

  it('answers with somebody else’s is held as a whole, and pays nothing else', async () => {
    const bulk = await Bulk.pending(bank.world, await bank.world.signedIn(), 3);
    const results = [{ client_transfer_id: 'not-ours', status: 'pending', transfer_id: null }];
    const body = { bulk_transfer: { id: 'a-bulk-of-somebody-else', results } };
    await bank.world.bank.faults({ match: CREATE_BULK, do: { status: 200, body } });
    await bulk.approve();
    const payment = await bulk.reaches('held');
    expect(payment.items.map(({ status }) => status)).toEqual(['held', 'held', 'held']);
    expect(await alarmsOf(bulk)).toEqual(['alarm:bank-reports-otherwise']);
    expect((await bulk.state()).snapshot).toMatchObject({ payable: false, final: false });
    const failed = await runOperator(bank.world, 'fail', payment.id, ...BY);
    expect(failed).toMatchObject({ code: 0 });
    await bulk.reaches('failed');
    await bulk.confirmed();
    await bulk.reaches('approval_needed');
    await bulk.approve();
    await settles(bulk);
    expect(await bulk.paidTimes()).toEqual([1, 1, 1]);
  });
});
