import type { Bank } from '../bank.js';
import type { ScaSession } from '../state.js';
import type { Answer, Handler } from './endpoint.js';
import { notFound, refusal } from './refusal.js';
import { isoOf } from './wire.js';

/** Facts 3.4: a member polls the sessions of their own device. */
export const showScaSession: Handler = ({ bank, caller, params }) => {
  const session = bank.sca.session(params.token ?? '');
  const isOwn = session?.membershipId === caller.id && session.method !== 'mock';
  if (!session || !isOwn) throw notFound('SCA session');
  return {
    status: 200,
    body: sessionOnWire(bank, session, bank.switches.get('canceled_at_when_empty')),
  };
};

/** Facts 3.6: no Authorization is asked for, and only sessions of the `mock` preference are found. */
export function showMockedSession(bank: Bank, token: string): Answer {
  return { status: 200, body: sessionOnWire(bank, mockedSession(bank, token), 'null') };
}

export function decideMockedSession(
  bank: Bank,
  { token, decision }: { readonly token: string; readonly decision: 'allow' | 'deny' },
): Answer {
  if (!bank.sca.decide(mockedSession(bank, token), decision)) {
    throw refusal(422, 'invalid', 'This SCA session has been decided');
  }
  return { status: 200, body: { message: 'Success' } };
}

function mockedSession(bank: Bank, token: string): ScaSession {
  const session = bank.sca.session(token);
  if (session?.method !== 'mock') throw notFound('SCA session');
  return session;
}

function sessionOnWire(bank: Bank, session: ScaSession, whenEmpty: '' | 'null') {
  const result = bank.sca.decisionOf(session);
  const canceledAt =
    result === 'deny' ? isoOf(session.decidedAt ?? bank.sca.expiresAt(session)) : null;
  return { result, canceled_at: canceledAt ?? (whenEmpty === '' ? '' : null) };
}
