import { randomUUID } from 'node:crypto';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright';
import type { BrowserCommand } from 'vitest/node';
import { type PayServer, startPayServer } from './pay-server.js';
import type { Script } from './scripted-api.js';

/** One walk through the built page, in windows of its own, under the headers that the BFF sends. */
export interface Journey {
  server: PayServer;
  context: BrowserContext;
  intent: string;
  script: (script: Script, room?: string) => Promise<void>;
  /** Console errors, CSP reports and answers that are not 2xx or 3xx. */
  complaints: string[];
}

let started: Promise<PayServer> | undefined;

function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('response', (response) => {
    const ok = response.status() < 400 || response.url().endsWith('/favicon.ico');
    if (!ok) complaints.push(`${response.status()} ${response.url()}`);
  });
}

/** As a command that a test of the browser calls. */
export function journey<Result>(
  walk: (journey: Journey) => Promise<Result>,
  options: BrowserContextOptions = {},
): BrowserCommand<[]> {
  return async ({ context: ours }: { context: BrowserContext }) => {
    started ??= startPayServer();
    const server = await started;
    const context = await (ours.browser() as Browser).newContext(options);
    const complaints: string[] = [];
    context.on('page', (page) => listen(page, complaints));
    const intent = `in_${randomUUID()}`;
    const script = async (next: Script, room = intent): Promise<void> => {
      const init = { method: 'PUT', body: JSON.stringify(next) };
      await fetch(`${server.origin('pay').replace('pay.', '')}/script/${room}`, init);
    };
    try {
      return { ...(await walk({ server, context, intent, script, complaints })), complaints };
    } finally {
      await context.close();
    }
  };
}

export const payUrl = ({ server, intent }: Journey): string =>
  `${server.origin('pay')}/pay/${intent}`;

export const statusIs = (page: Page, status: string): Promise<void> =>
  page.locator(`main[data-status="${status}"]`).waitFor({ timeout: 20_000 });

/** The paths of all that the page loads from now on. */
export function filesOf(page: Page): string[] {
  const files: string[] = [];
  page.on('response', (response) => files.push(new URL(response.url()).pathname));
  return files;
}
