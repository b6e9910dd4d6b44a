import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Driver, type Json } from './driver.js';
import { bulk, call, carryOut, ORDER_SCOPES, recurring, send, upload } from './orders.js';

let folder: string;
let stateFile: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sandbox-'));
  stateFile = path.join(folder, 'state.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('carries every kind of order on after a restart', async () => {
  const first = await Driver.start({ stateFile });
  const alice = await first.token('alice', ORDER_SCOPES);
  const internal_transfer = {
    ...{ debit_iban: 'FR7616958000011111111110107', reference: 'Own', amount: '5.00' },
    ...{ credit_iban: 'FR7616958000011111111120292', currency: 'EUR' },
  };
  const attachment = await upload(first);
  const made = await carryOut(first, alice, await bulk(first, alice, [{}, {}]));
  await carryOut(first, alice, await recurring(first, alice, { frequency: 'weekly' }));
  await send(first, alice, call('POST', '/v2/internal_transfers', { internal_transfer }));
  await first.close();

  const second = await Driver.start({ stateFile });
  await second.advance(8 * 86_400);
  const token = await second.token('alice', ORDER_SCOPES);
  const address = `/v2/sepa/bulk_transfers/${made.json.bulk_transfer.id}`;
  expect((await second.get(address, token)).json.bulk_transfer.completed_count).toBe(2);
  const { transfers, ...others } = await second.ledger();
  expect(others).toMatchObject({
    recurring_transfers: [{ executions: 2 }],
    internal_transfers: [{ status: 'settled' }],
  });
  const settled = transfers.filter(({ status }: Json) => status === 'settled');
  const amounts = settled.map(({ amount_cents }: Json) => amount_cents);
  expect(amounts.sort()).toEqual([1000, 1000, 50_000, 50_000]);
  expect((await second.get(`/v2/attachments/${attachment}`, token)).status).toBe(200);
  await second.close();
});

it('takes up a file of a time before there were such orders', async () => {
  const first = await Driver.start({ stateFile });
  await first.pay(await first.token());
  await first.close();
  const saved = JSON.parse(readFileSync(stateFile, 'utf8'));
  for (const name of ['bulkTransfers', 'recurringTransfers', 'requests', 'attachments']) {
    delete saved.state[name];
  }
  writeFileSync(stateFile, JSON.stringify(saved));

  const second = await Driver.start({ stateFile });
  const alice = await second.token('alice', ORDER_SCOPES);
  const made = await carryOut(second, alice, await bulk(second, alice, [{}]));
  expect(made.status).toBe(200);
  expect((await second.ledger()).transfers).toHaveLength(1);
  await second.close();
});
