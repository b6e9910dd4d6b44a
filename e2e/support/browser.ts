import { type Browser, type BrowserContext, chromium, type LaunchOptions } from 'playwright-core';
import { chromiumArgs, chromiumPath } from '../../scripts/chromium.js';

/** A Chromium that blocks pop-ups as everybody's does: Playwright would switch that off. */
export function launchOptions(): LaunchOptions {
  const executablePath = chromiumPath();
  return {
    ...(executablePath === undefined ? {} : { executablePath }),
    args: chromiumArgs,
    ignoreDefaultArgs: ['--disable-popup-blocking'],
  };
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch(launchOptions());
}

/** Collects what no page of an ordinary journey may cause: console errors and answers that refuse. */
export function watchForProblems(context: BrowserContext): string[] {
  const problems: string[] = [];
  context.on('console', (message) => {
    const { url } = message.location();
    if (message.type() === 'error') problems.push(`console: ${message.text()} (${url})`);
  });
  context.on('weberror', (error) => problems.push(`page: ${error.error().message}`));
  context.on('response', (response) => {
    if (response.status() < 400) return;
    problems.push(`${response.status()} ${response.request().method()} ${response.url()}`);
  });
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    // A window that closes or moves on takes its open stream with it.
    if (reason !== 'net::ERR_ABORTED') problems.push(`${reason} ${request.url()}`);
  });
  return problems;
}
