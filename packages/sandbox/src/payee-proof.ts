import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';

/** Facts 4.3. */
const PROOF_LIFE_MS = 23 * 3_600_000;

export interface ProvenPayee {
  readonly iban: string;
  readonly name: string;
}

/** The payees that one proof covers: a single one, or the exact set of a bulk. */
export type ProvenSet = 'single' | 'bulk';
export type ProofFault = 'malformed' | 'invalid signature' | 'token expired';
export type ProofBinding = 'iban' | 'iban_and_name';

// The version says what the signature covers, so that a switch does not kill proofs that are out already.
const VERSIONS: Record<ProvenSet, Record<ProofBinding, string>> = {
  single: { iban: '1', iban_and_name: '2' },
  bulk: { iban: '3', iban_and_name: '4' },
};

interface Proven {
  readonly kind: ProvenSet;
  readonly payees: readonly ProvenPayee[];
}

/** A token `version|attempt|epoch-ms|signature` that proves a check of these payees. */
export function issueProof(
  { kind, payees }: Proven,
  { secret, now, binding }: { secret: string; now: number; binding: ProofBinding },
): string {
  const head = `${VERSIONS[kind][binding]}|${randomUUID()}|${now}`;
  return `${head}|${signatureOf({ head, payees, secret, binding })}`;
}

/** What is wrong with a proof for these payees, or undefined. */
export function faultOfProof(
  token: string,
  { kind, payees }: Proven,
  { secret, now }: { secret: string; now: number },
): ProofFault | undefined {
  const match = /^(([1-4])\|[^|]+\|(\d{1,15}))\|([^|]+)$/.exec(token);
  if (!match) return 'malformed';
  const [, head = '', version, issuedAt, given = ''] = match;
  const bindings: ProofBinding[] = ['iban', 'iban_and_name'];
  const binding = bindings.find((one) => VERSIONS[kind][one] === version);
  if (binding === undefined) return 'invalid signature';
  const expected = Buffer.from(signatureOf({ head, payees, secret, binding }));
  const actual = Buffer.from(given);
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) {
    return 'invalid signature';
  }
  return now - Number(issuedAt) > PROOF_LIFE_MS ? 'token expired' : undefined;
}

function signatureOf(proof: {
  readonly head: string;
  readonly payees: readonly ProvenPayee[];
  readonly secret: string;
  readonly binding: ProofBinding;
}): string {
  const isByName = proof.binding === 'iban_and_name';
  // A set: neither the order nor a second line for the same payee counts (facts 4.3).
  const texts = proof.payees.map(({ iban, name }) =>
    JSON.stringify(isByName ? [iban, name] : [iban]),
  );
  const bound = [...new Set(texts)].sort();
  const text = JSON.stringify([proof.head, ...bound]);
  return createHmac('sha256', proof.secret).update(text).digest('base64url');
}
