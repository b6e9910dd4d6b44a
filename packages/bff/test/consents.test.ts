import { CONSENTS, type Consent } from '@qonto-pay/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Journey } from './support/journey.js';
import type { Payer } from './support/payer.js';
import { startWorld, type World } from './support/world.js';

const FIRST = 'offline_access organization.read membership.read payment.write';
const SCOPES: Record<Consent, string> = {
  documents: 'attachment.write',
  ask: 'request_transfers.write',
  review: 'request_review.write',
  collect: 'payment_link.read payment_link.write',
};

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

/** What would be asked for, were this payer sent to the bank now. */
async function asked(payer: Payer, intent: string, query = ''): Promise<string | null> {
  const answer = await payer.request(`${world.url}/pay/${intent}/sign-in${query}`);
  return new URL(answer.headers.get('location') ?? '').searchParams.get('scope');
}

/** The connections of a member, by their name. */
async function connections(memberName: string) {
  const { rows } = await world.database.query<{ id: string; scopes: string; role: string }>(
    'select id, scopes, role from connections where member_name = $1',
    [memberName],
  );
  return rows;
}

/** Each test is a member of its own: a consent is the member's, not the browser's. */
async function visitor(memberName: string): Promise<{ payer: Payer; intent: string }> {
  const [payer, { id }] = [await world.signedIn(memberName), await world.createIntent()];
  return { payer, intent: id };
}

describe('the first sign-in', () => {
  it('asks for what every payment needs, and for nothing else', async () => {
    const { id } = await world.createIntent();
    expect(await asked(world.newPayer(), id)).toBe(FIRST);
    expect(await asked(world.newPayer(), id, '?for=everything')).toBe(FIRST);
    expect(await asked(world.newPayer(), id, '?for=ask&for=review')).toBe(FIRST);
    expect(await asked(world.newPayer(), id, '?for=constructor')).toBe(FIRST);
  });

  it('leaves each other permission to be asked for where it is needed', async () => {
    const { payer, intent } = await visitor('Mia Rossi');
    const { consents } = await payer.state(intent);
    for (const consent of CONSENTS) {
      expect(consents[consent]).toBe(`/pay/${intent}/sign-in?reason=consent&for=${consent}`);
    }
  });

  it('tells the member’s role', async () => {
    await visitor('Emma Schmidt');
    expect(await connections('Emma Schmidt')).toMatchObject([{ role: 'employee' }]);
    await world.database.query(`update connections set role = ''`);
    await visitor('Emma Schmidt');
    expect(await connections('Emma Schmidt')).toMatchObject([{ role: 'employee' }]);
  });
});

describe('a permission that is asked for later', () => {
  it.each(CONSENTS)('comes with those that were given before (%s)', async (wanted) => {
    const { payer, intent } = await visitor('Noah Bernard');
    const before = await connections('Noah Bernard');
    const { scopes = '' } = before[0] ?? {};
    const url = `?reason=consent&for=${wanted}`;
    expect(await asked(payer, intent, url)).toBe(`${scopes} ${SCOPES[wanted]}`);
    await payer.signIn(intent, 'Noah Bernard', { wanted });
    const after = await connections('Noah Bernard');
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(after[0]?.scopes).toBe(`${scopes} ${SCOPES[wanted]}`);
    expect((await payer.state(intent)).consents[wanted]).toBeNull();
    // A sign-in for another reason keeps it.
    expect(await asked(payer, intent)).toBe(after[0]?.scopes);
  });

  it('is given by tokens that work', async () => {
    const { payer } = await visitor('Adam Dupont');
    const journey = await Journey.begin(world, payer);
    await payer.signIn(journey.id, 'Adam Dupont', { wanted: 'review' });
    await journey.confirmed();
    await journey.reaches('approval_needed');
  });

  it('that is denied changes nothing, and the member goes on', async () => {
    const { payer } = await visitor('Adam Dupont');
    const journey = await Journey.begin(world, payer);
    const before = await connections('Adam Dupont');
    await payer.signIn(journey.id, 'Adam Dupont', { wanted: 'documents', decision: 'Deny' });
    expect(await connections('Adam Dupont')).toEqual(before);
    const { member, consents } = await payer.state(journey.id);
    expect([member?.name, consents.documents]).toEqual(['Adam Dupont', expect.any(String)]);
    await journey.confirmed();
    await journey.reaches('approval_needed');
  });

  it('that Qonto gives to nobody here changes nothing, and the member goes on', async () => {
    const { payer, intent } = await visitor('Nora Petit');
    // One that our application may not ask for: granted once, and withdrawn from it since.
    await world.database.query(
      `update connections set scopes = scopes || ' beneficiary.trust' where member_name = $1`,
      ['Nora Petit'],
    );
    const away = await payer.request(`${world.url}/pay/${intent}/sign-in?for=documents`);
    const bank = await payer.request(away.headers.get('location') ?? '');
    const back = bank.headers.get('location') ?? '';
    expect(new URL(back).searchParams.get('error')).toBe('invalid_scope');
    const answer = await payer.request(back);
    expect([answer.status, answer.headers.get('location')]).toEqual([
      ...[303, `/pay/${intent}?notice=consent-refused`],
    ]);
    expect((await payer.state(intent)).member?.name).toBe('Nora Petit');
  });

  it('that is denied by somebody who is not signed in ends on a page that says so', async () => {
    const { id } = await world.createIntent();
    const payer = world.newPayer();
    const away = await payer.request(`${world.url}/pay/${id}/sign-in?for=documents`);
    const state = new URL(away.headers.get('location') ?? '').searchParams.get('state');
    const back = `${world.url}/oauth/callback/demo?error=access_denied&state=${state}`;
    const answer = await payer.request(back);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('Nothing was allowed');
  });

  it('that is denied in another browser ends there, whoever is signed in', async () => {
    const { payer, intent } = await visitor('Adam Dupont');
    const stranger = world.newPayer();
    const away = await stranger.request(`${world.url}/pay/${intent}/sign-in?for=documents`);
    const state = new URL(away.headers.get('location') ?? '').searchParams.get('state');
    const back = `${world.url}/oauth/callback/demo?error=access_denied&state=${state}`;
    const answer = await payer.request(back);
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
  });
});

describe('a sign-in in another browser', () => {
  it('that asks for less leaves what was allowed before to those who work with it', async () => {
    const { payer, intent } = await visitor('Mia Rossi');
    await payer.signIn(intent, 'Mia Rossi', { wanted: 'documents' });
    const before = await connections('Mia Rossi');
    const elsewhere = await world.signedIn('Mia Rossi');
    expect(await connections('Mia Rossi')).toEqual(before);
    expect((await elsewhere.state(intent)).consents.documents).toBeNull();
  });

  it('that asks for other things asks for those that were allowed before, too', async () => {
    const { payer, intent } = await visitor('Noah Bernard');
    await world.database.query('update connections set scopes = $1', [FIRST]);
    const elsewhere = world.newPayer();
    const away = await elsewhere.request(`${world.url}/pay/${intent}/sign-in?for=collect`);
    const scopes = new URL(away.headers.get('location') ?? '').searchParams.get('scope') ?? '';
    expect(scopes.split(' ')).not.toContain('payment.write');
    await elsewhere.signIn(intent, 'Noah Bernard', { wanted: 'collect' });
    const [after] = await connections('Noah Bernard');
    const given = after?.scopes.split(' ');
    expect(given).toEqual(expect.arrayContaining(FIRST.split(' ')));
    expect(given).toEqual(expect.arrayContaining(SCOPES.collect.split(' ')));
    expect((await payer.state(intent)).signIn).toBeNull();
  });
});
