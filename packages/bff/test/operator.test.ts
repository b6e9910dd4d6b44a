import { describe, expect, it } from 'vitest';
import { READ_TRANSFER } from './support/bank.js';
import { collector } from './support/collectors.js';
import type { Journey } from './support/journey.js';
import { unansweredLink } from './support/link-unanswered.js';
import { runOperator } from './support/operator.js';
import { silence } from './support/unanswered.js';

const bank = silence();
const operator = (...args: string[]) => runOperator(bank.world, ...args);

/** Another amount than anybody confirmed. */
const reported = (id: string) => ({
  ...{ id, status: 'pending', amount_cents: 1, amount_currency: 'EUR' },
  ...{ bank_account_id: 'x', note: '', created_at: new Date().toISOString() },
});

/** Accepted by the bank, which then reports another amount once. */
async function held(): Promise<Journey> {
  const amount = await bank.world.bank.amount('slow-settlement');
  const journey = await bank.confirmed(undefined, { trusted: true, amount });
  await journey.reaches('processing');
  const transfer = reported((await journey.payment())?.items[0]?.transferId ?? '');
  await bank.world.bank.faults({ match: READ_TRANSFER, do: { status: 200, body: { transfer } } });
  await bank.pass(5);
  await journey.reaches('held');
  return journey;
}

const idOf = async (journey: Journey) => (await journey.payment())?.id ?? '';

const decisions = async (journey: Journey) => {
  const { rows } = await bank.world.database.query<{ actor: string; detail: { why: string } }>(
    `select actor, detail from audit_log where payment_id = $1 and actor like 'operator:%'`,
    [await idOf(journey)],
  );
  return rows.map(({ actor, detail }) => [actor, detail.why]);
};

describe('a held payment', { timeout: 60_000 }, () => {
  it('is listed beside what the bank has, and goes on once it is tied to its transfer', async () => {
    const journey = await held();
    const id = await idOf(journey);
    const transfer = (await journey.payment())?.items[0]?.transferId ?? '';
    const list = await operator('held');
    expect(list.text).toContain(id);
    expect(list.text).toContain(`at the bank ${transfer}`);
    const by = ['--operator', 'dora', '--why', 'seen in the statement'];
    expect(await operator('tie', id, transfer, ...by)).toMatchObject({ code: 0 });
    await bank.pass(130);
    await journey.reaches('settled');
    expect(await decisions(journey)).toEqual([['operator:dora', 'seen in the statement']]);
    expect((await operator('held')).text).not.toContain(id);
  });

  it('frees its invoice once an operator says that nothing is at the bank', async () => {
    const transfer = reported('9c5b94b1-35ad-49bb-b118-8e8fc24abf80');
    const answer = { status: 200, body: { transfer } };
    const journey = await bank.confirmed(answer, { trusted: true });
    await journey.reaches('held');
    const by = ['--operator', 'dora', '--why', 'the bank confirmed by phone'];
    expect(await operator('fail', await idOf(journey), ...by)).toMatchObject({ code: 0 });
    await journey.reaches('failed');
    expect((await journey.payer.state(journey.id)).snapshot).toMatchObject({ payable: true });
    expect(await decisions(journey)).toEqual([['operator:dora', 'the bank confirmed by phone']]);
  });

  it('cannot be failed while the bank has its transfer', async () => {
    const journey = await held();
    const by = ['--operator', 'dora', '--why', 'in a hurry'];
    const refused = await operator('fail', await idOf(journey), ...by);
    expect(refused).toEqual({ code: 1, text: 'The bank has its transfer: tie it to that one.\n' });
    expect((await journey.payment())?.status).toBe('held');
  });

  it('stays held without a name and a reason, and for an id that is none', async () => {
    const journey = await held();
    const id = await idOf(journey);
    expect(await operator('fail', id)).toMatchObject({ code: 2 });
    expect(await operator('fail', id, '--operator', 'dora')).toMatchObject({ code: 2 });
    const unknown = await operator('fail', 'pay_x', '--operator', 'dora', '--why', 'x');
    expect(unknown).toEqual({ code: 1, text: 'No held payment has this id.\n' });
    expect((await journey.payment())?.status).toBe('held');
  });
});

describe('a payment link whose answer was lost for good', { timeout: 60_000 }, () => {
  it('is listed, and gives its invoice free once an operator says that nobody can pay it', async () => {
    const alice = await collector(bank.world);
    const journey = await unansweredLink(bank.world, alice, { trouble: { resetBefore: true } });
    const id = (await journey.rows())[0]?.id ?? '';
    const by = ['--operator', 'dora', '--why', 'looked at the bank with the member'];
    expect((await operator('links')).text).not.toContain(id);
    expect(await operator('end-link', id, ...by)).toMatchObject({ code: 1 });
    await bank.world.database.query(
      `update links set changed_at = changed_at - interval '11 minutes' where id = $1`,
      [id],
    );
    expect((await operator('links')).text).toContain(id);
    expect(await operator('end-link', id)).toMatchObject({ code: 2 });
    expect(await operator('end-link', id, ...by)).toMatchObject({ code: 0 });
    await journey.reaches('failed');
    const { rows } = await bank.world.database.query(
      `select actor, detail ->> 'why' as why from audit_log where actor like 'operator:%' and intent_id = $1`,
      [journey.id],
    );
    expect(rows).toEqual([{ actor: 'operator:dora', why: 'looked at the bank with the member' }]);
  });
});
