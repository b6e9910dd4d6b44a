import type { FlowState } from '@qonto-pay/shared';
import { pageLanguage } from './language.js';
import { openingMessages } from './messages/opening.js';
import { isOwnWindow } from './own-window.js';
import { safeUrl } from './page-meta.js';

/** Shown while the widget fetches the intent inside the click; moves on without a history entry. */

const POLL_MS = 500;
const GIVE_UP_MS = 30_000;

const language = pageLanguage();
const text = openingMessages[language];
const find = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;

async function readFlow(flow: string): Promise<FlowState | undefined> {
  try {
    const response = await fetch(`/pay/api/flows/${encodeURIComponent(flow)}`, {
      headers: { Accept: 'application/json' },
      cache: 'no-store',
    });
    return response.ok ? ((await response.json()) as FlowState) : undefined;
  } catch {
    // Offline for a moment, or not JSON: asked again until the time is up.
    return undefined;
  }
}

function giveUp(): void {
  document.querySelector('main')?.setAttribute('data-status', 'failed');
  find('heading').textContent = text.failedHeading;
  find('sentence').textContent = text.failed;
  const close = find<HTMLButtonElement>('close');
  close.textContent = text.close;
  close.hidden = false;
  close.addEventListener('click', () => window.close());
}

async function waitForIntent(flow: string): Promise<void> {
  const endsAt = performance.now() + GIVE_UP_MS;
  while (flow && performance.now() < endsAt) {
    const answer = await readFlow(flow);
    if (answer?.state === 'failed') break;
    if (answer?.state === 'ready' && answer.url) {
      location.replace(safeUrl(answer.url));
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  giveUp();
}

document.documentElement.lang = language;
document.title = text.heading;
find('heading').textContent = text.heading;
find('sentence').textContent = text.sentence;
isOwnWindow();
void waitForIntent(new URLSearchParams(location.search).get('flow') ?? '');
