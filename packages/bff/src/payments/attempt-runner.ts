import type { ApprovalWatcher } from './approval-watcher.js';
import { AFTER_A_DEFECT_MS, LeaseRunner } from './lease-runner.js';
import { isAtRest } from './payment-state-machine.js';
import type { Log } from './ports.js';
import type { Reconciler } from './reconciler.js';
import type { LeasedAttempt } from './records.js';
import type { RequestWatcher } from './request-watcher.js';
import type { Sender } from './sender.js';
import type { SettlementWatcher } from './settlement-watcher.js';
import type { AttemptStore } from './store-port.js';

export interface Workers {
  sender: Sender;
  approvals: ApprovalWatcher;
  settlements: SettlementWatcher;
  requests: RequestWatcher;
  reconciler: Reconciler;
}

/** Takes the attempts whose time has come and lets each make its next step. */
export function attemptRunner({
  store,
  workers,
  log,
}: {
  store: AttemptStore;
  workers: Workers;
  log: Log;
}): LeaseRunner<LeasedAttempt> {
  return new LeaseRunner({
    log,
    lease: (limit) => store.lease(limit),
    step: (leased) => nextStep(workers, leased),
    async failed(leased, error) {
      log.error({ event: 'step-failed', paymentId: leased.payment.id, error });
      // In flight nothing is released: the lease ends, and the look that follows is careful.
      await store.releaseIfIdle(leased, AFTER_A_DEFECT_MS);
    },
  });
}

async function nextStep(workers: Workers, leased: LeasedAttempt): Promise<void> {
  const { sender, approvals, settlements, requests, reconciler } = workers;
  const { status } = leased.payment;
  if (leased.attempt.inFlight) return reconciler.interrupted(leased);
  switch (status) {
    case 'confirmed':
      return sender.sendFirst(leased);
    case 'approval_needed':
      return approvals.look(leased);
    case 'requested':
      return requests.look(leased);
    case 'scheduled':
    case 'processing':
    // One row waits for a person, the others go on.
    case 'held':
      return settlements.look(leased);
    case 'unknown':
      return reconciler.look(leased);
    default:
      if (!isAtRest(status)) throw new Error(`nothing is known to be done in ${status}`);
  }
}
