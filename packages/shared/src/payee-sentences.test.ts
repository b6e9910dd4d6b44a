import { describe, expect, it } from 'vitest';
import { payeeDecision, payeeSentence, type ShownPayee } from './payee-sentences.js';

const shown = (changes: Partial<ShownPayee> = {}): ShownPayee => ({
  result: 'match',
  bankName: null,
  warnings: [],
  lastIban: null,
  lang: 'en',
  ...changes,
});

const RESULTS = ['match', 'close_match', 'no_match', 'not_possible'] as const;
const WARNINGS = ['shared-iban', 'iban-changed'] as const;

describe('what is shown at a decision', () => {
  it('says it whole: the result, the warnings, and what the payer agrees to', () => {
    const text = payeeSentence(
      shown({
        result: 'close_match',
        bankName: 'ACME S.A.R.L.',
        warnings: ['iban-changed'],
        lastIban: 'FR7630006000011234567890189',
      }),
    );
    expect(text).toBe(
      'Name almost matches. The bank says: ACME S.A.R.L.. Is this who you want to pay? ' +
        'This supplier was last paid to another IBAN: FR76 3000 6000 0112 3456 7890 189. ' +
        'Call them on a number you know before you pay to the new one. ' +
        'I have checked the payee: “ACME S.A.R.L.” is the one I want to pay. ' +
        'I have checked the new IBAN with the supplier.',
    );
  });

  it('names the earlier result when a later check differs', () => {
    const text = payeeSentence(shown({ result: 'no_match', was: 'match', lang: 'fr' }));
    expect(text).toContain('«\u00a0Le nom correspond\u00a0»');
    expect(text).toContain('veuillez décider à nouveau');
  });

  it.each(['en', 'fr'] as const)('has another text for each case (%s)', (lang) => {
    const results = RESULTS.map((result) => payeeSentence(shown({ result, lang })));
    const warnings = WARNINGS.map((warning) => payeeSentence(shown({ warnings: [warning], lang })));
    expect(new Set([...results, ...warnings]).size).toBe(RESULTS.length + WARNINGS.length);
  });

  it.each(['en', 'fr'] as const)('asks for a decision unless all is well (%s)', (lang) => {
    expect(payeeDecision(shown({ lang }))).toBe('');
    for (const result of RESULTS.slice(1)) {
      expect(payeeDecision(shown({ result, lang }))).not.toBe('');
    }
    for (const warning of WARNINGS) {
      expect(payeeDecision(shown({ warnings: [warning], lang }))).not.toBe('');
    }
  });
});
