import { expect, it } from 'vitest';
import { compareNames } from './payee-name.js';

it.each([
  ['Atelier Lumière SARL', 'ATELIER LUMIERE, S.A.R.L', 'close'],
  ['Atelier Lumière', 'atelier  lumiere', 'match'],
  ['Müller-Bürotechnik', 'Muller Burotechnik', 'match'],
  ['ACME', 'ACME SAS', 'close'],
  ['Jean Dupond', 'Jean Dupont', 'close'],
  ['Jean Dupont', 'Marie Curie', 'none'],
  ['AB', 'AB CD', 'none'],
])('%j is to %j a %s (facts 4.3)', (given, holder, likeness) => {
  expect(compareNames(given, holder)).toBe(likeness);
});
