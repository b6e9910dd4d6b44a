/** What a call is for: creates and replays go first, polls use what is left. */
export type BudgetPriority = 'create' | 'replay' | 'read' | 'poll';

/** The bank counts calls per address (1,000 in 10 s, 10,000 in 10 min), so all instances share one count. */
export interface BankBudget {
  /** Counts one call and answers true, or false when calls of this priority have to wait. */
  take(priority: BudgetPriority): Promise<boolean>;
}

/** Where access tokens come from. Both throw `SignedOutError` when only the member can help. */
export interface AccessTokenSource {
  forConnection(connectionId: string): Promise<string>;
  /** The bank refused this token: another one, if there can be one. */
  renew(connectionId: string, refused: string): Promise<string>;
}
