import type { Fault } from './bank.js';
import { DEACTIVATE_LINK, READ_LINK, READ_PAYMENTS } from './link-bank.js';
import type { LinkJourney } from './link-journey.js';
import type { World } from './world.js';

/** The link as the bank would tell it with these changes. */
export async function toldLink(
  world: World,
  journey: LinkJourney,
  changes: object,
  times = 1,
): Promise<Fault> {
  const [row] = await journey.rows();
  const url = `${world.bank.url}/pay/${row?.bank_id}`;
  const amount = { value: (journey.amountCents / 100).toFixed(2), currency: 'EUR' };
  const link = { ...{ id: row?.bank_id, status: 'open', url, amount }, ...changes };
  const body = { payment_link: { created_at: '2026-11-20T10:00:00Z', ...link } };
  return { match: { ...READ_LINK, times }, do: { status: 200, body } };
}

const MISSING: Fault['do'] = {
  status: 404,
  body: { errors: [{ code: 'not_found', detail: 'not found' }] },
};

/** The bank knows nothing of this link. */
export async function goneLink(journey: LinkJourney, times = 1): Promise<Fault> {
  const [row] = await journey.rows();
  return { match: { ...READ_LINK, path: `/v2/payment_links/${row?.bank_id}`, times }, do: MISSING };
}

/** What its payments read like for a while: one in this word, or none. */
export const toldPayments = ({ amountCents }: LinkJourney, status?: string): Fault => {
  const amount = { value: (amountCents / 100).toFixed(2), currency: 'EUR' };
  const payment = { id: 'p-1', amount, status, created_at: '2026-11-20T10:00:00Z' };
  const body = { payments: status === undefined ? [] : [payment] };
  return { match: READ_PAYMENTS, do: { status: 200, body } };
};

/** Whoever asks is not connected to the provider: no link is there for them. */
export const NOT_CONNECTED: Fault[] = [READ_LINK, DEACTIVATE_LINK].map((match) => ({
  ...{ match: { ...match, times: 99 }, do: MISSING },
}));
