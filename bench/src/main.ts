import { approvalLatency } from './approval-latency.js';
import { bulk } from './bulk.js';
import { eventFanout } from './event-fanout.js';
import { linkLatency } from './link-latency.js';
import { ownTime } from './own-time.js';
import { sandbox } from './sandbox.js';
import { table } from './table.js';
import { webhooks } from './webhooks.js';

const LIST = '--statements';
const asked = process.argv.slice(2).filter((name) => name !== '--');

const BENCHMARKS: Record<string, () => Promise<void>> = {
  'own-time': () => ownTime({ isListing: asked.includes(LIST) }),
  'approval-latency': approvalLatency,
  'event-fanout': eventFanout,
  sandbox,
  bulk,
  table,
  webhooks,
  'link-latency': linkLatency,
};

const names = asked.filter((name) => name !== LIST);
if (names.every((name) => Object.hasOwn(BENCHMARKS, name))) {
  for (const [name, run] of Object.entries(BENCHMARKS)) {
    if (names.length === 0 || names.includes(name)) await run();
  }
} else {
  const known = Object.keys(BENCHMARKS).map((name) => `[${name}]`);
  console.error(`Usage: bench ${known.join(' ')} [${LIST}]`);
  process.exitCode = 1;
}
