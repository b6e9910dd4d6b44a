import { parseArgs } from 'node:util';
import { formatAmount } from '@qonto-pay/shared';
import { TokenVault } from './auth/token-vault.js';
import { composeCore } from './compose-core.js';
import { ConfigError, readConfig } from './config.js';
import { developmentKeys } from './development-keys.js';
import type { Link } from './links/records.js';
import type { StuckLinks } from './links/stuck-links.js';
import { createLog } from './log.js';
import { isBankSilence, PaymentError } from './payments/errors.js';
import type { HeldCase, HeldService } from './payments/held-service.js';
import type { BankTransfer } from './payments/ports.js';
import { openStore } from './store/open-store.js';

const USAGE = `Usage, with the environment of the service:
  operator held                          payments that wait for a person, with their rows
  operator tie <payment> <transfer> …    the held row is this transfer at the bank
  operator fail <payment> …              nothing of the held rows is at the bank
  operator links                         payment links that wait for a person
  operator end-link <link>               nobody can pay by it any more
All but the lists take --operator NAME --why TEXT; tie and fail --row N (from 1) where several are
held; end-link --unasked where nobody can ask the bank about it any more.`;

/** The operator's command for what waits for a person; each decision is in the audit log with its reason. */
process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  try {
    const config = readConfig(process.env);
    const log = createLog('silent');
    const { databaseUrl: address, dataDir } = config;
    const store = await openStore({ address, dataDir, onError: () => {} });
    const vault = new TokenVault(config.tokenKeys ?? developmentKeys(dataDir));
    const core = composeCore({ config, store, vault, log, bankTimeouts: {} });
    try {
      return await run(core, args);
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

interface Cases {
  heldService: HeldService;
  stuckLinks: StuckLinks;
}

async function run({ heldService: held, stuckLinks }: Cases, args: string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const options = { operator: text, why: text, row: text, unasked: { type: 'boolean' } as const };
  const { positionals, values } = parseArgs({ args, options, allowPositionals: true });
  const [command, id, transfer] = positionals;
  if (command === 'held') {
    const cases = await held.list();
    console.log(cases.length === 0 ? 'No payment is held.' : cases.map(described).join('\n\n'));
    return 0;
  }
  if (command === 'links') {
    const links = await stuckLinks.list();
    console.log(links.length === 0 ? 'No link waits.' : links.map(describedLink).join('\n'));
    return 0;
  }
  const { operator, why } = values;
  const row = values.row === undefined ? undefined : Number(values.row) - 1;
  if (!operator || !why || !id || Number.isNaN(row)) return usage();
  if (command === 'end-link') {
    const status = await stuckLinks.end(
      id,
      { operator, why },
      { isUnasked: values.unasked ?? false },
    );
    console.log(`${id} is ${status}.`);
    return 0;
  }
  const which = { paymentId: id, row };
  if (command === 'tie' && transfer) {
    console.log(`${id} is ${await held.tie(which, transfer, { operator, why })}.`);
    return 0;
  }
  if (command !== 'fail') return usage();
  await held.fail(which, { operator, why });
  console.log(`${id} has failed; its invoice may be paid anew.`);
  return 0;
}

function usage(): number {
  console.error(USAGE);
  return 2;
}

function describedLink({ id, status, reason, changedAt, ...link }: Link): string {
  return [
    ...[id, status, reason ?? 'answer lost', `since ${changedAt.toISOString()}`],
    ...[`invoice ${link.externalRef}`, formatAmount(link.amountCents)],
    `at the bank ${link.bankId ?? 'unknown'}`,
    ...link.candidates.map((found) => `\n  may be ${found.id}  ${found.status}`),
  ].join('  ');
}

/** Ids, amounts and times only: what a terminal's history may keep. */
function described({ payment, cause, firstSentAt, rows }: HeldCase): string {
  const at = firstSentAt?.toISOString() ?? 'never sent';
  return [
    `${payment.id}  ${cause}  first sent ${at}`,
    ...rows.flatMap(({ item, candidates }) => [
      `  row ${item.index + 1}  invoice ${item.externalRef}`,
      `    confirmed   ${formatAmount(item.amountCents)}`,
      ...(candidates?.map(listed) ?? ['    the bank cannot be asked now']),
    ]),
  ].join('\n');
}

function listed({ id, status, amountCents, createdAt }: BankTransfer): string {
  return `    at the bank ${id}  ${formatAmount(amountCents)}  ${status}  ${createdAt.toISOString()}`;
}
