/** Problems that the widget itself can meet. */
export type WidgetProblemCode =
  | 'intent-missing'
  | 'intent-failed'
  | 'intent-not-found'
  | 'mode-mismatch'
  | 'connection'
  | 'window-blocked';

/** What went wrong: the sentence is for the person, the code for the partner. */
export interface QontoPayProblem {
  code: WidgetProblemCode;
  message: string;
  /** Trying again may help. */
  recoverable: boolean;
}
