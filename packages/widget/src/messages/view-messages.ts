import type { PaymentStatus } from '@qonto-pay/shared';

/** What a person reads at the end of a payment, or while there is nothing to do but wait. */
export interface ResultText {
  heading: string;
  sentence: string;
  /** What to do now, if anything. */
  next?: string;
}

export type ResultStatus = Exclude<PaymentStatus, 'approved' | 'approval_needed'>;

/** Texts of the views, which the widget's panel and the pay page both show. */
export interface ViewMessages {
  minutesLeft: (minutes: number) => string;
  /** `clock` is `m:ss`. */
  clockLeft: (clock: string) => string;
  /** Spoken, as minutes are. */
  secondsLeft: (seconds: number) => string;
  timeIsUp: string;
  approveHeading: string;
  help: readonly [atOnce: string, soon: string, later: string];
  results: Record<Exclude<ResultStatus, 'not_enrolled'>, ResultText> & {
    not_enrolled?: ResultText;
  };
}
