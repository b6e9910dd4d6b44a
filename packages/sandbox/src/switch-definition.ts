/** One behaviour that the facts mark unknown or contradictory: what may be chosen, and what is documented best. */
export interface SwitchDefinition {
  readonly values: readonly (string | number | boolean)[];
  readonly facts: string;
  readonly decides: string;
}
