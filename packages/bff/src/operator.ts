import { parseArgs } from 'node:util';
import { formatAmount } from '@qonto-pay/shared';
import { TokenVault } from './auth/token-vault.js';
import { composeCore } from './compose-core.js';
import { ConfigError, readConfig } from './config.js';
import { developmentKeys } from './development-keys.js';
import { createLog } from './log.js';
import { isBankSilence, PaymentError } from './payments/errors.js';
import type { HeldCase, HeldService } from './payments/held-service.js';
import { openStore } from './store/open-store.js';

const USAGE = `Usage, with the environment of the service:
  operator held                                             payments that wait for a person
  operator tie <payment> <transfer> --operator NAME --why TEXT    it is this transfer at the bank
  operator fail <payment> --operator NAME --why TEXT              nothing of it is at the bank`;

/** The operator's command for held payments; each decision is in the audit log with its reason. */
process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  try {
    const config = readConfig(process.env);
    const log = createLog('silent');
    const { databaseUrl: address, dataDir } = config;
    const store = await openStore({ address, dataDir, onError: () => {} });
    const vault = new TokenVault(config.tokenKeys ?? developmentKeys(dataDir));
    const { heldService } = composeCore({ config, store, vault, log, bankTimeouts: {} });
    try {
      return await run(heldService, args);
    } finally {
      await store.close();
    }
  } catch (error) {
    const isSaid = error instanceof ConfigError || error instanceof PaymentError;
    if (!isSaid && !isBankSilence(error)) throw error;
    console.error(isSaid ? error.message : 'The bank cannot be asked now, or not as this member.');
    return 1;
  }
}

async function run(held: HeldService, args: string[]): Promise<number> {
  const options = { operator: { type: 'string' }, why: { type: 'string' } } as const;
  const { positionals, values } = parseArgs({ args, options, allowPositionals: true });
  const [command, payment, transfer] = positionals;
  if (command === 'held') {
    const cases = await held.list();
    console.log(cases.length === 0 ? 'No payment is held.' : cases.map(described).join('\n\n'));
    return 0;
  }
  const { operator, why } = values;
  if (!operator || !why || !payment) return usage();
  if (command === 'tie' && transfer) {
    console.log(`${payment} is ${await held.tie(payment, transfer, { operator, why })}.`);
    return 0;
  }
  if (command !== 'fail') return usage();
  await held.fail(payment, { operator, why });
  console.log(`${payment} has failed; its invoice may be paid anew.`);
  return 0;
}

function usage(): number {
  console.error(USAGE);
  return 2;
}

/** Ids, amounts and times only: what a terminal's history may keep. */
function described({ payment, cause, firstSentAt, candidates }: HeldCase): string {
  const at = firstSentAt?.toISOString() ?? 'never sent';
  const listed = candidates?.map(
    ({ id, status, amountCents, createdAt }) =>
      `  at the bank   ${id}  ${formatAmount(amountCents)}  ${status}  ${createdAt.toISOString()}`,
  );
  return [
    `${payment.id}  ${cause}  (invoice ${payment.externalRefs.join(', ')})`,
    `  confirmed     ${formatAmount(payment.amountCents)}  first sent ${at}`,
    ...(listed ?? ['  the bank cannot be asked now']),
  ].join('\n');
}
