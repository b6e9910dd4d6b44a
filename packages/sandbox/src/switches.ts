import { COLLECTING_SWITCHES } from './collecting-switches.js';
import { PAYMENT_SWITCHES } from './payment-switches.js';
import type { SwitchDefinition } from './switch-definition.js';

// The first value is the default.
export const SWITCHES = {
  ...COLLECTING_SWITCHES,
  ...PAYMENT_SWITCHES,
  transfer_create_status: {
    values: [200, 201],
    facts: '4.4',
    decides: 'HTTP status of a created transfer',
  },
  validation_status: {
    values: [422, 400],
    facts: '4.4',
    decides: 'HTTP status of a body that fails validation',
  },
  proof_error_status: {
    values: [401, 400, 422],
    facts: '4.3, 8 no. 3',
    decides: 'HTTP status of a missing or invalid VoP proof',
  },
  proof_binding: {
    values: ['iban', 'iban_and_name'],
    facts: '4.3',
    decides: 'what a VoP proof is bound to',
  },
  sca_binding: {
    values: ['bytes', 'payment'],
    facts: '3.4',
    decides: 'whether a replay must repeat the exact bytes or only account, amount and payee',
  },
  denied_replay_status: {
    values: [412, 422],
    facts: '3.5, 8 no. 2',
    decides: 'HTTP status of a replay with a denied or expired session',
  },
  canceled_at_when_empty: {
    values: ['', 'null'],
    facts: '3.4',
    decides: 'canceled_at of a session that nobody refused',
  },
  beneficiary_account: {
    values: ['flat', 'nested'],
    facts: '4.2',
    decides: 'where iban, bic and currency of a beneficiary stand',
  },
  cancel_refused_status: {
    values: [422, 400, 404, 409],
    facts: '8 no. 8',
    decides: 'HTTP status of cancelling a transfer that has been sent',
  },
  concurrent_twin_status: {
    values: [429, 409],
    facts: '5.2',
    decides: 'HTTP status of a second call while the first with its key runs',
  },
  staging_gate: {
    values: ['html', 'redirect'],
    facts: '1',
    decides: 'answer without the staging token: HTML with 200, or 302',
  },
  beneficiary_trust_scope: {
    values: [false, true],
    facts: '2.3, 8 no. 11',
    decides: 'whether the client may ask for beneficiary.trust',
  },
  pkce_required: {
    values: [false, true],
    facts: '2.1',
    decides: 'whether the authorization request must carry PKCE',
  },
  rate_limits: {
    values: [true, false],
    facts: '5.4',
    decides: 'whether requests and 401 answers are counted against their limits',
  },
  retry_after: {
    values: [false, true],
    facts: '5.4',
    decides: 'whether a 429 carries Retry-After',
  },
} as const satisfies Record<string, SwitchDefinition>;

export type SwitchName = keyof typeof SWITCHES;
export type SwitchValue<Name extends SwitchName> = (typeof SWITCHES)[Name]['values'][number];

/** The choices in force. */
export class Switches {
  readonly #chosen = new Map<SwitchName, string | number | boolean>();
  readonly #initial: Partial<Record<SwitchName, string | number | boolean>>;

  constructor(initial: Partial<Record<SwitchName, string | number | boolean>>) {
    this.#initial = initial;
    this.reset();
  }

  get<Name extends SwitchName>(name: Name): SwitchValue<Name> {
    return (this.#chosen.get(name) ?? SWITCHES[name].values[0]) as SwitchValue<Name>;
  }

  /** Throws a RangeError that names the switch and what it may be. */
  set(name: string, value: unknown): void {
    if (!isSwitchName(name)) throw new RangeError(`there is no switch "${name}"`);
    const allowed: readonly unknown[] = SWITCHES[name].values;
    if (!allowed.includes(value)) {
      throw new RangeError(`switch "${name}" takes one of ${JSON.stringify(allowed)}`);
    }
    this.#chosen.set(name, value as string | number | boolean);
  }

  reset(): void {
    this.#chosen.clear();
    for (const [name, value] of Object.entries(this.#initial)) this.set(name, value);
  }

  all(): Record<string, string | number | boolean> {
    const names = Object.keys(SWITCHES) as SwitchName[];
    return Object.fromEntries(names.map((name) => [name, this.get(name)]));
  }
}

function isSwitchName(name: string): name is SwitchName {
  return Object.hasOwn(SWITCHES, name);
}
