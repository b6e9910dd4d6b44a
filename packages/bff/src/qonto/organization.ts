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

/** A payee that was declined cannot be paid by its id. */
export const isUsable = (raw: WireBeneficiary): boolean => raw.status !== 'declined';

export function payeeFromWire(raw: WireBeneficiary): KnownPayee {
  return { id: raw.id, name: raw.name, iban: withoutSpaces(raw.iban), trusted: raw.trusted };
}

function withoutSpaces(iban: string): string {
  return iban.replace(/\s/g, '').toUpperCase();
}
