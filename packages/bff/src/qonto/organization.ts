import type { BankAccount, KnownPayee } from '../payments/ports.js';
import type { WireAccount, WireBeneficiary } from './wire.js';

export function accountFromWire(raw: WireAccount): BankAccount {
  return {
    id: raw.id,
    name: raw.name ?? '',
    iban: withoutSpaces(raw.iban),
    // What can be spent: pending card payments are not in the other one. Roles may see neither.
    balanceCents: raw.authorized_balance_cents ?? raw.balance_cents ?? undefined,
    main: raw.main ?? false,
  };
}

/** A payee that was declined cannot be paid by its id: then it is as if Qonto did not know it. */
export function payeeFromWire(raw: WireBeneficiary): KnownPayee | undefined {
  if (raw.status === 'declined') return undefined;
  return { id: raw.id, name: raw.name, iban: withoutSpaces(raw.iban), trusted: raw.trusted };
}

function withoutSpaces(iban: string): string {
  return iban.replace(/\s/g, '').toUpperCase();
}
