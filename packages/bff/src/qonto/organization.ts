import type { z } from 'zod';
import type { BankAccount, KnownPayee } from '../payments/ports.js';
import type { MembershipAnswer, OrganizationAnswer, WireAccount, WireBeneficiary } from './wire.js';

/** Who signed in, by the bank. */
export interface BankMember {
  organizationId: string;
  organizationName: string;
  membershipId: string;
  memberName: string;
  /** The bank's own word (`owner`, `employee`, …), empty where it tells none. */
  role: string;
}

export function memberFromWire(
  organization: z.infer<typeof OrganizationAnswer>['organization'],
  membership: z.infer<typeof MembershipAnswer>['membership'],
): BankMember {
  return {
    // Only the slug is promised for every organization.
    organizationId: organization.id ?? organization.slug,
    organizationName: organization.name ?? organization.legal_name ?? organization.slug,
    membershipId: membership.id,
    memberName: [membership.first_name, membership.last_name].filter(Boolean).join(' '),
    role: membership.role ?? '',
  };
}

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

/** The form in which IBANs are compared. */
export function withoutSpaces(iban: string): string {
  return iban.replace(/\s/g, '').toUpperCase();
}
