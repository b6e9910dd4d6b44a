import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { OPERATIONS } from '../src/openapi/operations.js';
import { SWITCHES } from '../src/switches.js';
import { sandboxDocument } from './support/sandbox-document.js';

const DOCUMENT = '../../../docs/sandbox.md';

it('docs/sandbox.md is up to date', async () => {
  // After a change: npx vitest run -u --root packages/sandbox test/docs.test.ts
  await expect(sandboxDocument()).toMatchFileSnapshot(DOCUMENT);
});

it('docs/sandbox.md has every address and every switch', () => {
  const text = readFileSync(new URL(DOCUMENT, import.meta.url), 'utf8');
  for (const { method, path } of OPERATIONS) {
    expect(text).toContain(`| \`${method.toUpperCase()} ${path}\` |`);
  }
  for (const name of Object.keys(SWITCHES)) expect(text).toContain(`| \`${name}\` |`);
});
