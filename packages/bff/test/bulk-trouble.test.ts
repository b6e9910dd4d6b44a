import { randomInt } from 'node:crypto';
import { isFinal } from '@qonto-pay/shared';
import { expect, it, vi } from 'vitest';
import {
  CREATE_BULK,
  type Fault,
  LIST,
  LIST_BULKS,
  PAYEES,
  POLL,
  READ_BULK,
  READ_TRANSFER,
} from './support/bank.js';
import { Bulk } from './support/bulk.js';
import { silence } from './support/unanswered.js';
import { until } from './support/world.js';

vi.setConfig({ testTimeout: 180_000 });
const bank = silence();

const oneOf = <T>(all: readonly T[]): T => all[randomInt(all.length)] as T;

const TROUBLES: Fault['do'][] = [
  { resetBefore: true },
  { resetAfterCommit: true },
  { truncateBytes: 40 },
  { delayMs: 2500 },
  { status: 503, body: {} },
  { html: true },
  { rateLimit: { retryAfter: 1 } },
];
const CALLS = [CREATE_BULK, LIST_BULKS, READ_BULK, LIST, READ_TRANSFER, PAYEES, POLL];
const EFFECTS = ['insufficient-funds', 'declined:beneficiary_status', 'slow-settlement'];

const faults = (): Fault[] =>
  Array.from({ length: 12 }, () => ({
    match: { ...oneOf(CALLS), nth: randomInt(1, 5), times: randomInt(1, 3) },
    do: oneOf(TROUBLES),
  }));

async function rows() {
  const [effect, count] = [await bank.world.bank.amount(oneOf(EFFECTS)), randomInt(2, 10)];
  return Array.from({ length: count }, (_, row) => ({
    amount: row === 1 ? effect : `${randomInt(1, 900)}.${randomInt(10, 99)}`,
  }));
}

const answerPhones = async () => {
  const waiting = (await bank.world.bank.sessions()).filter(({ result }) => result === 'waiting');
  const decide = () => (randomInt(5) === 0 ? 'deny' : 'allow');
  await Promise.all(
    waiting.map(({ token }) => bank.world.bank.answer(token, decide()).catch(() => {})),
  );
};

it('in whatever trouble the bank is, every row of eight bulks ends, and none is paid twice', async () => {
  const alice = await bank.world.signedIn();
  const bulks = await Promise.all(
    Array.from({ length: 8 }, async () => Bulk.begin(bank.world, alice, await rows())),
  );
  const forms = await Promise.all(bulks.map((bulk) => bulk.confirmation()));
  await bank.world.bank.faults(...faults());
  await Promise.all(
    bulks.map((bulk, index) => bulk.payer.sendConfirmation(bulk.id, forms[index] ?? {})),
  );
  for (let round = 0; round < 4; round += 1) {
    await answerPhones();
    await bank.pass(randomInt(1, 100));
    await bank.world.bank.faults(...faults());
  }
  await bank.world.bank.clearFaults();
  const payments = await until(
    async () => {
      await answerPhones();
      await bank.pass(91);
      return (await Promise.all(bulks.map((bulk) => bulk.payments()))).flat();
    },
    (all) => all.every(({ status }) => isFinal(status)),
    120_000,
  );
  expect(payments.length).toBeGreaterThan(2);
  for (const bulk of bulks) {
    const moved = (await bulk.transfers()).filter(({ status }) => status === 'settled');
    const settled = payments
      .filter(({ intent }) => intent === bulk.id)
      .flatMap(({ items }) => items.filter(({ status }) => status === 'settled'));
    expect(settled.map(({ transferId }) => transferId).sort()).toEqual(
      moved.map(({ id }) => id).sort(),
    );
  }
});
