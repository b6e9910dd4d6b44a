import type { IntentController, Partner } from './intent-controller.js';

/** Answers the id of the intent that is to be paid. */
export type GetIntent = () => Promise<string>;

/** Less than the opening page waits. */
const ANSWER_WITHIN_MS = 25_000;

/**
 * The intent that the partner's page has been asked for, or its own server is asked for now, with
 * its cookies. The opening page is told. Empty when there is none.
 */
export async function askPartner(
  { client }: IntentController,
  { promised, url, flow }: Partner,
): Promise<string> {
  const tooLate = new Promise((resolve) => setTimeout(resolve, ANSWER_WITHIN_MS));
  const answer = String(await Promise.race([promised ?? postTo(url), tooLate]));
  // Not an id: better a plain problem here than a window that leads nowhere.
  const intent = /^in_[\w-]+$/.test(answer) ? answer : '';
  const body = JSON.stringify(intent ? { intent } : { failed: true });
  const headers = { 'content-type': 'application/json' };
  // Lost, it shows as a page that is never seen: then the way in this tab is offered.
  if (flow) client.send(`/v1/flows/${flow}`, { method: 'PUT', headers, body }).catch(() => {});
  return intent;
}

async function postTo(url: string): Promise<unknown> {
  try {
    const response = await fetch(url, { method: 'POST', credentials: 'include' });
    return (await response.json()).intent;
  } catch {
    return undefined;
  }
}
