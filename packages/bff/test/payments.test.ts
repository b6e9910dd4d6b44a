import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, until, type World } from './support/world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const status = (payer: ReturnType<World['newPayer']>, intent: string) => async () =>
  (await payer.state(intent)).payment?.status;

describe('paying one invoice', () => {
  it('settles after the approval: one transfer of the right cents to the right IBAN', async () => {
    const { id } = await world.createIntent();
    const payer = world.newPayer();
    await payer.signIn(id);
    const answer = await payer.confirm(id);
    expect(answer.status).toBe(202);
    await until(status(payer, id), (now) => now === 'approval_needed');
    await world.bank.decide('allow');
    await until(status(payer, id), (now) => now === 'settled');
    const { transfers } = await world.bank.ledger();
    const { iban } = await world.bank.payee('match');
    expect(transfers.filter((one) => one.credit_iban === iban)).toMatchObject([
      { amount_cents: 123_450, status: 'settled' },
    ]);
  });
});
