import { Script } from 'node:vm';
import { afterEach, expect, it } from 'vitest';
import { MAGIC_PAYEES } from '../src/data/magic.js';
import { MEMBERSHIPS } from '../src/data/organizations.js';
import { SWITCHES } from '../src/switches.js';
import { Driver } from './driver.js';

let bank: Driver;

afterEach(() => bank.close());

async function home(): Promise<string> {
  return (await bank.send('GET', '/')).text;
}

it('explains members, magic payees, switches and the control API', async () => {
  bank = await Driver.start();
  const page = await home();
  for (const { member, firstName } of MEMBERSHIPS) {
    expect(page).toContain(`<a href="/phone?member=${member}">${firstName} `);
  }
  for (const { effect } of MAGIC_PAYEES) expect(page).toContain(`<td role="cell">${effect}</td>`);
  for (const name of Object.keys(SWITCHES)) expect(page).toContain(`<code>${name}</code>`);
  for (const call of ['reset', 'tokens', 'clock', 'faults', 'switches', 'ledger', 'webhooks']) {
    expect(page).toContain(`/_control/${call}`);
  }
});

it('shows live what the bank holds, by a script that its policy lets run', async () => {
  bank = await Driver.start();
  const { text, headers } = await bank.send('GET', '/');
  const [, nonce, script = ''] =
    /<script nonce="([^"]+)" type="module">(.+?)<\/script>/s.exec(text) ?? [];
  expect(headers.get('content-security-policy')).toContain(`script-src 'nonce-${nonce}'`);
  expect(script).toContain("new EventSource('/_control/events')");
  // A module in the page; what matters here is that it can be read.
  expect(() => new Script(`(async () => {${script}})`)).not.toThrow();
});

it('says how to have the control API where it is off', async () => {
  bank = await Driver.start({ control: false });
  const page = await home();
  expect(page).toContain('SANDBOX_CONTROL=1');
  expect(page).not.toContain('<script');
});
