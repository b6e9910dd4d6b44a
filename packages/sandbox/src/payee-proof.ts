import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';

/** Facts 4.3. */
const PROOF_LIFE_MS = 23 * 3_600_000;

export interface ProvenPayee {
  readonly iban: string;
  readonly name: string;
}

export type ProofFault = 'malformed' | 'invalid signature' | 'token expired';
export type ProofBinding = 'iban' | 'iban_and_name';

// The version says what the signature covers, so that a switch does not kill proofs that are out already.
const VERSIONS: Record<ProofBinding, string> = { iban: '1', iban_and_name: '2' };

/** A token `version|attempt|epoch-ms|signature` that proves a check of this payee. */
export function issueProof(
  payee: ProvenPayee,
  { secret, now, binding }: { secret: string; now: number; binding: ProofBinding },
): string {
  const head = `${VERSIONS[binding]}|${randomUUID()}|${now}`;
  return `${head}|${signatureOf({ head, payee, secret })}`;
}

/** What is wrong with a proof for this payee, or undefined. */
export function faultOfProof(
  token: string,
  payee: ProvenPayee,
  { secret, now }: { secret: string; now: number },
): ProofFault | undefined {
  const match = /^([12]\|[^|]+\|(\d{1,15}))\|([^|]+)$/.exec(token);
  if (!match) return 'malformed';
  const [, head = '', issuedAt, given = ''] = match;
  const expected = Buffer.from(signatureOf({ head, payee, secret }));
  const actual = Buffer.from(given);
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) {
    return 'invalid signature';
  }
  return now - Number(issuedAt) > PROOF_LIFE_MS ? 'token expired' : undefined;
}

function signatureOf(proof: { head: string; payee: ProvenPayee; secret: string }): string {
  const isByName = proof.head.startsWith(`${VERSIONS.iban_and_name}|`);
  const bound = isByName ? [proof.payee.iban, proof.payee.name] : [proof.payee.iban];
  const text = JSON.stringify([proof.head, ...bound]);
  return createHmac('sha256', proof.secret).update(text).digest('base64url');
}
