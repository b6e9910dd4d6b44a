import type { LinkState, PaymentStatus, PayState } from '@qonto-pay/shared';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Our own BFF wrote it: enough is looked at to tell a state from a proxy's page or a cut answer. */
export function readPayState(value: unknown): PayState | undefined {
  if (!isObject(value) || typeof value.intent !== 'string') return undefined;
  if (!isObject(value.partner) || typeof value.returnUrl !== 'string') return undefined;
  if (typeof value.serverTime !== 'string') return undefined;
  const parts = [value.signIn, value.member, value.snapshot, value.review];
  const wellFormed =
    Array.isArray(value.items) &&
    [...parts, value.payment].every((part) => part === null || isObject(part));
  return wellFormed ? (value as PayState) : undefined;
}

/** A poll that was under way may arrive after a newer event of the stream. */
export function isOlder(next: PayState, current: PayState): boolean {
  if (!next.snapshot || !current.snapshot) return false;
  if (next.snapshot.seq !== current.snapshot.seq) return next.snapshot.seq < current.snapshot.seq;
  if (!next.review || !current.review) return false;
  // Versions are counted per member, and another tab may have switched the member.
  if (next.member?.name !== current.member?.name) return false;
  return next.review.version < current.review.version;
}

/** Of a payment, or of a payment link. */
type Status = PaymentStatus | LinkState;

type Approving = 'confirmed' | 'sending' | 'approval_needed' | 'approved';

const APPROVING: ReadonlySet<Status> = new Set<Status>([
  'confirmed',
  'sending',
  'approval_needed',
  'approved',
  'making',
]);
const RELEASED: ReadonlySet<Status> = new Set([
  'declined',
  'denied',
  'expired',
  'not_enrolled',
  'canceled',
  'failed',
]);
const SETTLED: ReadonlySet<Status> = new Set([
  'settled',
  'sent_unconfirmed',
  'partially_settled',
  'paid',
]);

/** The bank has not taken it yet: the payer's turn, or a moment's work. */
export const isApproving = (status: Status): status is Approving => APPROVING.has(status);

/** Ended without money: it may be paid anew. */
export const isReleased = (status: Status): boolean => RELEASED.has(status);

export const isFinal = (status: Status): boolean => RELEASED.has(status) || SETTLED.has(status);

/** What the page shows; `kind` is also what the focus moves with. */
export type Step =
  | { kind: 'loading' }
  | { kind: 'error'; why: 'not-found' | 'not-allowed' | 'bank' | 'unreachable' }
  | { kind: 'sign-in' }
  | { kind: 'review' }
  /** Before a payment link: Qonto has to be connected to the payment provider. */
  | { kind: 'provider' }
  /** May not pay, but may ask a colleague. */
  | { kind: 'ask' }
  | { kind: 'wait'; status: Status }
  | { kind: 'end'; status: Status }
  | { kind: 'closed'; why: 'paid' | 'in-progress' | 'withdrawn' | 'lapsed' };

interface Seen {
  state: PayState | undefined;
  /** The payer wants a new payment after one that ended without money. */
  again: boolean;
}

function paymentStep({ state, again }: Seen): Step | undefined {
  const payment = state?.payment ?? state?.link?.link;
  if (!state || !payment) return undefined;
  const why = state.snapshot?.why;
  const isWaiting = isApproving(payment.status);
  if (again && !isWaiting && state.snapshot?.payable) return undefined;
  if (isReleased(payment.status) && (why === 'withdrawn' || why === 'lapsed'))
    return { kind: 'closed', why };
  const kind = isWaiting ? 'wait' : 'end';
  return { kind, status: payment.status };
}

/** The one decision about what is on the screen, from what the BFF has said. */
export function stepOf(seen: Seen): Step {
  const { state } = seen;
  if (!state) return { kind: 'loading' };
  const payment = paymentStep(seen);
  if (payment) return payment;
  if (state.snapshot?.why) return { kind: 'closed', why: state.snapshot.why };
  if (state.signIn) return { kind: 'sign-in' };
  if (state.notAllowed)
    return state.canAsk ? { kind: 'ask' } : { kind: 'error', why: 'not-allowed' };
  const provider = state.link?.provider;
  if (provider && provider.status !== 'enabled') return { kind: 'provider' };
  if (state.review || provider) return { kind: 'review' };
  return state.bankUnavailable ? { kind: 'error', why: 'bank' } : { kind: 'loading' };
}

export type Later = 'many' | 'collect';

/**
 * What many invoices, documents, dates and colleagues ask of the page, or a payment link, is loaded
 * when it is needed.
 */
export function laterPart({
  items,
  canAsk,
  payment,
  review,
  link,
  signIn,
}: PayState): Later | undefined {
  // Before the sign-in nothing but its address tells of a link.
  if (link || signIn?.url.includes('for=collect')) return 'collect';
  const isLater = payment?.kind === 'request' || payment?.reason === 'document-missing';
  const isNotPlain = items.some(({ cancelable, hasProof }) => cancelable || hasProof);
  // One invoice may be paid on another day, too.
  const isMany = items.length > 1 || canAsk || review !== null || isLater || isNotPlain;
  return isMany ? 'many' : undefined;
}

/** The stable handle on `<main>`. */
export const statusOf = (step: Step): string => {
  if (step.kind === 'wait' || step.kind === 'end') return step.status;
  return step.kind === 'closed' ? step.why : step.kind;
};
