import { type Html, html } from './html.js';
import { code, folded, table } from './table.js';

const CALLS: readonly (readonly [call: string, does: string])[] = [
  ['POST /_control/reset', 'back to the first day'],
  ['POST /_control/tokens {"member","scope","organization"?}', 'tokens without a browser'],
  ['GET /_control/sca-sessions', 'what waits on the phones'],
  ['POST /_control/sca-sessions/{token}/allow', 'approves; /deny refuses'],
  ['POST /_control/clock {"advanceSeconds"}', 'the bank’s clock jumps ahead'],
  ['POST /_control/faults [{"match","do"}]', 'scripted trouble; DELETE ends it'],
  ['PUT /_control/switches {name: value}', 'chooses; GET tells the choices'],
  ['GET /_control/ledger', 'what the bank holds'],
  ['GET /_control/events', 'the same as a live stream'],
  ['GET /_control/webhooks', 'what is on its way to subscribers'],
  ['POST /_control/consent-revocations {"member"}', 'the member withdraws their consent'],
  ['GET /_control/magic', 'the magic payees and amounts'],
];

const FAULTS: readonly (readonly [fault: string, effect: string])[] = [
  ['{"status": 503, "body": {}}', 'is answered so; the bank never sees the call'],
  ['{"html": true}', 'the sign-on page instead of JSON, with 200'],
  ['{"rateLimit": {"retryAfter": 2}}', '429'],
  ['{"resetBefore": true}', 'cut off; the bank never sees the call'],
  ['{"resetAfterCommit": true}', 'carried out, then cut off'],
  ['{"truncateBytes": 100}', 'carried out; the answer breaks off'],
  ['{"delayMs": 5000}', 'carried out at once; the answer comes late'],
  [
    '{"webhook": "duplicate"}',
    'also reorder, drop, bad-signature, stale: for the events that are posted',
  ],
];

export function controlSection(hasControl: boolean): Html {
  const rows = CALLS.map(([call, does]) => [code(call), does]);
  const state = hasControl
    ? html`It is on.`
    : html`It is off; start with <code>SANDBOX_CONTROL=1</code> to have it.`;
  return folded(
    { id: 'control', title: 'Control API' },
    html`<p class="muted">${state} JSON, for this machine only.</p>
${table('Control API', ['Call', 'Does'], rows)}`,
  );
}

export function faultsSection(): Html {
  const rows = FAULTS.map(([fault, effect]) => [code(fault), effect]);
  return folded(
    { id: 'faults', title: 'Faults' },
    html`<p class="muted">What <code>do</code> may hold. <code>match</code> has method, path, nth and times.</p>
${table('Faults', ['do', 'The call'], rows)}`,
  );
}
