import { AFTER_A_DEFECT_MS, LeaseRunner } from '../payments/lease-runner.js';
import type { Log } from '../payments/ports.js';
import type { LinkSearch } from './link-search.js';
import type { LinkSender } from './link-sender.js';
import type { LinkWatcher } from './link-watcher.js';
import type { LeasedLink } from './records.js';
import type { LinkStore } from './store-port.js';

export interface LinkWorkers {
  sender: LinkSender;
  search: LinkSearch;
  watcher: LinkWatcher;
}

/** Takes the links whose time has come and lets each make its next step. */
export function linkRunner({
  store,
  workers,
  log,
}: {
  store: LinkStore;
  workers: LinkWorkers;
  log: Log;
}): LeaseRunner<LeasedLink> {
  return new LeaseRunner({
    log,
    lease: (limit) => store.lease(limit),
    step: (leased) => nextStep(workers, leased),
    async failed(leased, error) {
      log.error({ event: 'link-step-failed', intentId: leased.link.intentId, error });
      // In flight nothing is released: the lease ends, and the look that follows is careful.
      await store.releaseIfIdle(leased, AFTER_A_DEFECT_MS);
    },
  });
}

function nextStep({ sender, search, watcher }: LinkWorkers, leased: LeasedLink): Promise<void> {
  if (leased.link.inFlight) return sender.interrupted(leased);
  switch (leased.link.status) {
    case 'making':
      return sender.send(leased);
    case 'unknown':
      return search.look(leased);
    case 'withdrawing':
      return sender.withdraw(leased);
    default:
      return watcher.look(leased);
  }
}
