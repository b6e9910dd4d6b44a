import { AttachmentStore } from './attachments/attachment-store.js';
import { BeneficiaryBook } from './beneficiary-book.js';
import { BulkDesk } from './bulk/bulk-desk.js';
import { CheckQuota } from './check-quota.js';
import { BankClock } from './clock.js';
import { initialState } from './data/initial-state.js';
import { FaultDesk } from './faults.js';
import { IdempotencyDesk } from './idempotency.js';
import { InternalDesk } from './internal/internal-desk.js';
import { Ledger } from './ledger.js';
import { NewsDesk } from './news.js';
import { PaymentDesk } from './payment-links/payment-desk.js';
import { RateLimits } from './rate-limits.js';
import { RecurringDesk } from './recurring/recurring-desk.js';
import { RequestDesk } from './requests/request-desk.js';
import { ScaDesk } from './sca.js';
import type { Membership, Organization } from './state.js';
import { StateFile } from './state-file.js';
import { StateStore } from './state-store.js';
import { Switches } from './switches.js';
import { WebhookDesk } from './webhooks/webhook-desk.js';

export interface BankSettings {
  readonly stateFile?: string | undefined;
  readonly rateLimits: boolean;
  readonly machineNow: () => number;
}

/** A part of the bank where things happen by themselves as time goes by. */
interface Timed {
  readonly nextStepAt: number;
  catchUp(): void;
  /** The state behind it has been replaced. */
  reload(): void;
}

/** The whole bank, without any HTTP. */
export class Bank {
  readonly clock: BankClock;
  readonly store: StateStore;
  readonly switches: Switches;
  readonly beneficiaries: BeneficiaryBook;
  readonly attachments: AttachmentStore;
  readonly ledger: Ledger;
  readonly bulk: BulkDesk;
  readonly recurring: RecurringDesk;
  readonly internal: InternalDesk;
  readonly requests: RequestDesk;
  readonly checkQuota: CheckQuota;
  readonly sca: ScaDesk;
  readonly idempotency: IdempotencyDesk;
  readonly rateLimits: RateLimits;
  readonly webhooks: WebhookDesk;
  readonly payments: PaymentDesk;
  readonly faults = new FaultDesk();
  readonly news = new NewsDesk();
  readonly #timed: readonly Timed[];
  #wakeUp: NodeJS.Timeout | undefined;

  constructor(settings: BankSettings) {
    this.clock = new BankClock(settings.machineNow);
    const file = settings.stateFile === undefined ? undefined : new StateFile(settings.stateFile);
    this.store = new StateStore(() => initialState(this.clock.now()), file);
    this.clock.setOffset(this.store.current.clockOffsetMs);
    this.switches = new Switches({ rate_limits: settings.rateLimits });
    this.beneficiaries = new BeneficiaryBook(this);
    this.attachments = new AttachmentStore(this);
    this.ledger = new Ledger(this);
    this.bulk = new BulkDesk(this);
    this.recurring = new RecurringDesk(this);
    this.internal = new InternalDesk(this);
    this.requests = new RequestDesk(this);
    this.checkQuota = new CheckQuota(this);
    this.sca = new ScaDesk(this);
    this.idempotency = new IdempotencyDesk(this);
    this.rateLimits = new RateLimits(this.clock);
    this.webhooks = new WebhookDesk(this);
    this.payments = new PaymentDesk(this);
    // The ledger last: it carries out what the others order.
    this.#timed = [
      this.bulk,
      this.recurring,
      this.internal,
      this.ledger,
      this.payments,
      this.webhooks,
    ];
    this.store.onChange(() => this.#planWakeUp());
    this.#planWakeUp();
  }

  /** Does what is due by now; to be called before anything is read. */
  catchUp(): void {
    for (const part of this.#timed) part.catchUp();
  }

  /** Moves the bank's clock ahead, with everything that happens on the way. */
  advanceClock(ms: number): void {
    this.clock.advance(ms);
    this.store.current.clockOffsetMs = this.clock.offsetMs;
    this.catchUp();
    this.store.touch();
  }

  /** Back to the first day: data, clock, tokens, switches and faults. */
  reset(): void {
    this.clock.setOffset(0);
    this.switches.reset();
    this.faults.clear();
    this.rateLimits.clear();
    this.checkQuota.clear();
    this.idempotency.clear();
    this.store.reset();
    for (const part of this.#timed) part.reload();
  }

  close(): void {
    clearTimeout(this.#wakeUp);
    this.webhooks.close();
    this.store.close();
  }

  membership(id: string): Membership | undefined {
    return this.store.current.memberships.find((membership) => membership.id === id);
  }

  organizationOf({ organizationId }: { readonly organizationId: string }): Organization {
    const found = this.store.current.organizations.find(({ id }) => id === organizationId);
    if (!found) throw new Error(`there is no organisation ${organizationId}`);
    return found;
  }

  // Transfers move on even when nobody asks, so that open streams tell it in time.
  #planWakeUp(): void {
    clearTimeout(this.#wakeUp);
    const nextStepAt = Math.min(...this.#timed.map((part) => part.nextStepAt));
    const waitMs = nextStepAt - this.clock.now();
    if (!Number.isFinite(waitMs)) return;
    // Longer waits do not fit into a timer; the bank then just looks again.
    this.#wakeUp = setTimeout(
      () => {
        this.catchUp();
        this.#planWakeUp();
      },
      Math.min(Math.max(waitMs, 0) + 1, 3_600_000),
    );
    this.#wakeUp.unref();
  }
}
