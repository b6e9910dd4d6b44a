import type { ScaSession } from '../state.js';

/** One SCA session as the phone shows it. */
export interface Approval {
  readonly session: ScaSession;
  readonly result: 'waiting' | 'allow' | 'deny';
  readonly expiresAt: number;
  /** Only for a member of several. */
  readonly organization: string | undefined;
}
