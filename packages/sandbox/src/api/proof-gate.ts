import { faultOfProof, type ProvenPayee, type ProvenSet } from '../payee-proof.js';
import type { ApiCall } from './endpoint.js';
import { refusal } from './refusal.js';

/** Facts 4.3: without a good proof for exactly these payees nothing is paid; 401, but not about the token. */
export function requireProof(
  { bank }: ApiCall,
  proof: string | undefined,
  set: { readonly kind: ProvenSet; readonly payees: readonly ProvenPayee[] },
): string {
  const status = bank.switches.get('proof_error_status');
  if (proof === undefined) {
    throw refusal(status, 'vop_proof_token_missing', 'VOP proof token is missing');
  }
  const secret = bank.store.current.proofSecret;
  const fault = faultOfProof(proof, set, { secret, now: bank.clock.now() });
  if (fault === undefined) return proof;
  throw refusal(status, 'vop_proof_token_invalid', `VOP proof token validation failed: ${fault}`);
}
