import { randomBytes } from 'node:crypto';
import { fingerprintOf, sha256Hex } from '../fingerprint.js';
import type { ScaMethod, ScaSession, ScaSummary } from '../state.js';
import type { ApiCall } from './endpoint.js';
import { Refusal, refusal } from './refusal.js';

const METHODS: readonly string[] = ['paired-device', 'passkey', 'mock'] satisfies ScaMethod[];

export interface SensitiveAction {
  readonly actionType: string;
  readonly summary: ScaSummary;
  /** What must stay the same where the binding is to the payment only: account, amounts, payees. */
  readonly signed: readonly (string | number)[];
}

/** Lets a call pass that its member has approved; every other one is answered with 428, 412 or 422. */
export function requireApproval(call: ApiCall, action: SensitiveAction): void {
  const { bank, caller } = call;
  const verdict = bank.sca.authorise(
    {
      membership: caller,
      method: methodOf(call),
      actionType: action.actionType,
      summary: action.summary,
      bytesFingerprint: fingerprintOf(call.method, call.path, sha256Hex(call.bytes), caller.id),
      paymentFingerprint: fingerprintOf(...[call.method, call.path, caller.id, ...action.signed]),
    },
    {
      token: call.header('X-Qonto-Sca-Session-Token'),
      binding: bank.switches.get('sca_binding'),
    },
  );
  switch (verdict.kind) {
    case 'approved':
      return;
    case 'challenge':
      throw new Refusal(428, challengeOnWire(verdict.session));
    case 'not-enrolled':
      // No token: polling or retrying is useless (facts 3.3).
      throw new Refusal(428, {
        code: 'sca_not_enrolled',
        message: 'You must enable SCA to perform this action',
      });
    case 'not-found':
      throw notThisRequest();
    case 'refused':
      if (bank.switches.get('denied_replay_status') === 422) throw notThisRequest();
      throw new Refusal(412, { code: 'sca_session_invalid', message: 'SCA session is not valid' });
  }
}

// Here `errors` is an object (facts 3.4).
function notThisRequest(): Refusal {
  return new Refusal(422, { errors: { message: 'Not found' } });
}

function challengeOnWire(session: ScaSession): Record<string, unknown> {
  const isPasskey = session.method === 'passkey';
  return {
    action_type: session.actionType,
    code: 'sca_required',
    message: isPasskey ? 'Passkey verification required' : 'SCA required',
    // A legacy of the Android app: of no use, but there.
    sca_recovery_token: randomBytes(24).toString('base64url'),
    sca_session_token: session.token,
  };
}

function methodOf(call: ApiCall): ScaMethod {
  const method = call.header('X-Qonto-2fa-Preference') ?? 'paired-device';
  if (METHODS.includes(method)) return method as ScaMethod;
  throw refusal(400, 'not_in_list', `X-Qonto-2fa-Preference must be one of ${METHODS.join(', ')}`);
}
