import type { ProviderStatus } from '../collect-api.js';
import type { ProblemCode } from '../problem.js';
import type { Said } from './link-words.js';

/** What a field of the form was refused for. */
export type ProviderProblem = Extract<
  ProblemCode,
  'invalid-phone-number' | 'invalid-description' | 'invalid-website'
>;

/** What a member reads of the connection to the provider: a company needs it once. */
export interface ProviderWords {
  problems: Record<ProviderProblem, string>;
  states: Record<Exclude<ProviderStatus, 'enabled'>, Said>;
  form: Record<
    | 'account'
    | 'phone'
    | 'phoneHint'
    | 'description'
    | 'website'
    | 'websiteHint'
    | 'connect'
    | 'goOn'
    | 'noAccount',
    string
  >;
}
