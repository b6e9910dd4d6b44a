import { randomInt, randomUUID } from 'node:crypto';
import { isFinal } from '@qonto-pay/shared';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Service } from '../src/service.js';
import { Bulk, problemOf } from './support/bulk.js';
import type { RowChanges } from './support/many.js';
import type { Payer } from './support/payer.js';
import { assertSound } from './support/soundness.js';
import { newIban, newName, startWorld, until, type World } from './support/world.js';

vi.setConfig({ testTimeout: 120_000 });

let world: World;
let alice: Payer;
let adam: Payer;
let second: Service;
beforeAll(async () => {
  world = await startWorld();
  second = await world.startInstance();
  [alice, adam] = await Promise.all([world.signedIn(), world.signedIn('Adam Dupont')]);
});
beforeEach(async () => {
  await world.database.query(`update payee_checks set started_at = started_at - interval '2 h'`);
});
afterAll(async () => {
  await assertSound(world);
  await second.close();
  await world.close();
});

const newRow = (): RowChanges => ({
  externalRef: `INV-${randomUUID().slice(0, 13)}`,
  amount: `${randomInt(1, 500)}.${randomInt(10, 99)}`,
  name: newName(),
  iban: newIban(),
  reference: `Invoice ${randomUUID().slice(0, 13)}`,
});

/** How often the bank has made a transfer for each of these invoices. */
async function timesPaid(rows: readonly RowChanges[]): Promise<number[]> {
  const { transfers } = await world.bank.ledger();
  return rows.map(
    ({ externalRef }) =>
      transfers.filter(({ note }) => note.startsWith(`${externalRef} · `)).length,
  );
}

describe.concurrent('confirming a bulk twice', () => {
  it('with the same key is one payment, and another meaning of the key is refused', async () => {
    const bulk = await Bulk.begin(world, alice, 3);
    const fields = await bulk.confirmation();
    const send = (form: Record<string, string>) => alice.sendConfirmation(bulk.id, form);
    const first = await send(fields);
    expect([first.status, first.headers.get('idempotent-replayed')]).toEqual([202, null]);
    const again = await send(fields);
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([202, 'true']);
    const other = await send({ ...fields, accept: '0' });
    expect(await problemOf(other)).toEqual([422, 'idempotency-key-reused']);
    expect(await bulk.payments()).toHaveLength(1);
  });

  it('twenty times at once, through two instances, makes one transfer for each row', async () => {
    const bulk = await Bulk.begin(world, alice, 4);
    const fields = await bulk.confirmation();
    const shared = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, turn) => {
        const payer = turn % 2 === 0 ? alice : alice.through(second.url);
        const idempotencyKey = turn % 4 < 2 ? shared : randomUUID();
        return payer.sendConfirmation(bulk.id, { ...fields, idempotencyKey });
      }),
    );
    for (const answer of answers) {
      if (answer.status === 202) continue;
      expect(await problemOf(answer)).toEqual([409, 'idempotency-in-progress']);
    }
    await bulk.reaches('approval_needed');
    expect(await bulk.payments()).toHaveLength(1);
    expect(await bulk.sessions()).toHaveLength(1);
    await bulk.approve();
    await bulk.reaches('settled');
    expect(await bulk.paidTimes()).toEqual([1, 1, 1, 1]);
  });
});

describe.concurrent('two intents that share invoices', () => {
  const sharing = async () => {
    const rows = [newRow(), newRow(), newRow(), newRow()];
    const one = await Bulk.begin(world, alice, rows.slice(0, 3));
    const other = await Bulk.begin(world, adam, rows.slice(1));
    return { rows, one, other };
  };

  it('pay each once: the second is told which row is being paid, and pays what is left', async () => {
    const { rows, one, other } = await sharing();
    const fields = await other.confirmation();
    await one.confirmed();
    await one.reaches('approval_needed');
    const busy = await adam.sendConfirmation(other.id, fields);
    expect(await problemOf(busy)).toEqual([409, 'payment-in-progress', 'items[0]']);
    await one.approve();
    await one.reaches('settled');
    const late = await other.choose({ select: '1-2' });
    expect(await problemOf(late)).toEqual([409, 'already-paid', 'items[1]']);
    expect(await other.payments()).toEqual([]);
    expect(await other.statuses()).toEqual(['settled', 'settled', 'open']);
    expect(await other.review()).toMatchObject({ selected: [2], count: 1 });
    await other.confirmed();
    await other.reaches('approval_needed');
    await other.approve();
    await other.reaches('settled');
    expect(await timesPaid(rows)).toEqual([1, 1, 1, 1]);
  });

  it('confirmed at the same moment, one wins, and the other names a row', async () => {
    const { rows, one, other } = await sharing();
    const [first, then] = [await one.confirmation(), await other.confirmation()];
    const answers = await Promise.all([
      alice.sendConfirmation(one.id, first),
      adam.through(second.url).sendConfirmation(other.id, then),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
    const lost = answers.find(({ status }) => status === 409) as Response;
    const [, code, field] = await problemOf(lost);
    expect([code, field]).toEqual([
      'payment-in-progress',
      answers[0] === lost ? 'items[1]' : 'items[0]',
    ]);
    const winner = answers[0] === lost ? other : one;
    await winner.reaches('approval_needed');
    await winner.approve();
    await winner.reaches('settled');
    expect((await timesPaid(rows)).reduce((sum, times) => sum + times)).toBe(3);
  });
});

describe.concurrent('two people with one intent', () => {
  it('who choose different rows at the same moment: one pays, the other afterwards', async () => {
    const rows = [newRow(), newRow(), newRow()];
    const mine = await Bulk.begin(world, alice, rows);
    const theirs = new Bulk(world, adam, mine);
    await mine.chosen('0-1');
    await theirs.chosen('1-2');
    const forms = [await mine.confirmation(), await theirs.confirmation()];
    const answers = await Promise.all([
      alice.sendConfirmation(mine.id, forms[0] ?? {}),
      adam.through(second.url).sendConfirmation(mine.id, forms[1] ?? {}),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
    await mine.reaches('approval_needed');
    await mine.approve();
    await mine.reaches('settled');
    const last = answers[0]?.status === 202 ? theirs : mine;
    expect((await last.review()).count).toBe(1);
    await last.confirmed();
    await last.reaches('approval_needed');
    await last.approve();
    await last.reaches('settled');
    expect(await timesPaid(rows)).toEqual([1, 1, 1]);
  });

  it('may pay other rows while the first ones still settle', async () => {
    const amount = await world.bank.amount('slow-settlement');
    const slow = await Bulk.begin(world, alice, [{ amount }, {}, {}]);
    await slow.chosen('0-1');
    await slow.confirmed();
    await slow.reaches('approval_needed');
    await slow.approve();
    await slow.reaches('processing');
    const theirs = new Bulk(world, adam, slow);
    expect((await theirs.state()).snapshot).toMatchObject({ payable: true, why: null });
    expect(await theirs.review()).toMatchObject({ selected: [2] });
    await theirs.confirmed();
    await theirs.reaches('approval_needed');
    await theirs.approve();
    await until(
      () => theirs.statuses(),
      (statuses) => statuses[2] === 'settled',
    );
    expect(await theirs.paidTimes()).toEqual([1, 1, 1]);
  });
});

describe('many people, tabs, instances and intents that overlap', () => {
  it('pay no invoice twice, and in the end every one', async () => {
    // Noah has no phone: his payments end at once.
    const noah = await world.signedIn('Noah Bernard');
    const pool = Array.from({ length: 12 }, newRow);
    const people = [alice, adam, alice.through(second.url), adam.through(second.url), noah];
    const pick = () => pool.filter(() => randomInt(3) > 0);
    const intents = await Promise.all(
      [pool, pick(), pick(), pick()].map((rows) => Bulk.begin(world, alice, rows)),
    );
    const open = (): Bulk[] =>
      people.map((person) => new Bulk(world, person, intents[randomInt(4)] as Bulk));
    const attempt = async (bulk: Bulk) => {
      const { review } = await bulk.state();
      const rows = review?.items.filter(() => randomInt(2) === 0).map(({ index }) => index) ?? [];
      const answer = await bulk.choose({ select: rows.join(','), check: 'yes' });
      if (answer.status !== 200) return;
      const fields = await bulk.confirmation().catch(() => undefined);
      if (fields) await bulk.payer.sendConfirmation(bulk.id, fields);
    };
    const answerAll = async () => {
      const waiting = (await world.bank.sessions()).filter(({ result }) => result === 'waiting');
      const decide = () => (randomInt(4) === 0 ? 'deny' : 'allow');
      await Promise.all(waiting.map(({ token }) => world.bank.answer(token, decide())));
    };
    for (let round = 0; round < 6; round += 1) {
      await Promise.all(open().map((bulk) => attempt(bulk).catch(() => {})));
      await answerAll();
    }
    const [all] = intents as [Bulk];
    await until(
      async () => {
        await answerAll();
        const { snapshot } = await all.state();
        if (snapshot?.payable) {
          await all.choose({ select: 'all', check: 'yes' });
          await all.confirm();
        }
        return all.statuses();
      },
      (statuses) => statuses.every((status) => status === 'settled'),
      60_000,
    );
    expect(await timesPaid(pool)).toEqual(pool.map(() => 1));
    const payments = (await Promise.all(intents.map((bulk) => bulk.payments()))).flat();
    expect(payments.length).toBeGreaterThan(4);
    expect(payments.every(({ status }) => isFinal(status))).toBe(true);
  });
});
