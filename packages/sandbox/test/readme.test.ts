import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { MAGIC_AMOUNTS, MAGIC_PAYEES } from '../src/data/magic.js';
import { decimalOf } from '../src/money.js';
import { SWITCHES } from '../src/switches.js';

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

it('has every magic payee with its effect', () => {
  for (const { effect, name, iban } of MAGIC_PAYEES) {
    expect(README).toMatch(new RegExp(`\`${effect}\`[^|]*\\| ${name} \\| \`${iban}\``));
  }
});

it('has every magic amount with its effect', () => {
  for (const { effect, amountCents } of MAGIC_AMOUNTS) {
    expect(README).toContain(`| \`${decimalOf(amountCents)}\` | \`${effect}\``);
  }
});

it('has every switch with its values, the default first', () => {
  for (const [name, { values }] of Object.entries(SWITCHES)) {
    const row = README.split('\n').find((line) => line.startsWith(`| \`${name}\``)) ?? '';
    const places = values.map((value) =>
      row.indexOf(value === '' ? '""' : String(value), name.length + 4),
    );
    expect(places, name).not.toContain(-1);
    expect(places, name).toEqual([...places].sort((one, other) => one - other));
  }
});
