import { randomInt } from 'node:crypto';
import { expect } from 'vitest';
import { frenchIban, groupedAmount, linesOf, makeBatch, totalCents } from './support/batch.js';
import { journeys } from './support/journeys.js';

const world = journeys();
const { it } = world;

it('pays 400 invoices by one press, one table, one confirmation and one approval', {
  timeout: 150_000,
}, async ({ newVisitor }) => {
  const { bank } = world;
  // The bank keeps the last name of an account that it has paid: a second try needs another one.
  const sharedIban = frenchIban(randomInt(1e6));
  const others = {
    3: { payee: await bank.payee('close-match') },
    50: { payee: await bank.payee('trusted') },
    120: { payee: await bank.payee('no-match') },
    200: { payee: { name: 'Cordonnerie Duval', iban: sharedIban } },
    201: { payee: { name: 'Duval Frères', iban: sharedIban } },
    399: { payee: await bank.payee('not-possible') },
  };
  const batch = await makeBatch(world.addresses, linesOf(400, others));
  const visitor = await newVisitor({ viewport: { width: 1280, height: 900 } });
  const books = await visitor.openBatch(batch);
  await books.buttonOffers('Pay 400 invoices');
  const pay = await books.pressPay();
  await pay.signIn();
  await pay.offers(`Pay 400 invoices · €${groupedAmount(batch.rows)}`);
  await pay.confirm();
  await pay.says('5 decisions are missing');
  await pay.table.isAtDecision(3);
  for (const row of [3, 120, 200, 201, 399]) await pay.table.decide(row);
  await pay.table.hasGroup('395 payees match');
  await pay.confirm();
  await books.becomes('approval_needed');
  await pay.closesItself();
  const phone = await visitor.openPhone();
  const [first] = batch.rows;
  if (!first) throw new Error('A batch has rows.');
  await phone.card(first).getByText('400').first().waitFor();
  await phone
    .card(first)
    .getByText(`${groupedAmount(batch.rows)} EUR`)
    .waitFor();
  await phone.approve(first);
  await books.panelSays('of 400 paid');
  await books.becomes('settled', { timeout: 60_000 });
  await books.panelSays('400 of 400 paid');
  visitor.expectNoProblems();
  await bank.expectOneTransferEach(batch.rows);
  expect(await bank.approvalsOf(first)).toEqual([
    { member: 'alice', result: 'allow', amountCents: Number(totalCents(batch.rows)), count: 400 },
  ]);
});
