import type { BankAccount, Membership, Organization } from '../state.js';
import { fixedId } from './fixed-id.js';

export const ACME: Organization = {
  id: fixedId('organization', 1),
  slug: 'acme-sas-1234',
  name: 'ACME SAS',
  legalName: 'ACME SAS',
  plan: 'business',
};

export const SOLO: Organization = {
  id: fixedId('organization', 2),
  slug: 'solo-5678',
  name: 'Solo',
  legalName: 'Nora Petit',
  plan: 'solo_basic',
};

export const MEMBERSHIPS: readonly Membership[] = [
  member(1, ['alice', 'Alice', 'Martin'], 'owner'),
  member(2, ['adam', 'Adam', 'Dupont'], 'admin'),
  member(3, ['mia', 'Mia', 'Rossi'], 'manager'),
  member(4, ['emma', 'Emma', 'Schmidt'], 'employee'),
  { ...member(5, ['nora', 'Nora', 'Petit'], 'owner'), organizationId: SOLO.id },
  { ...member(6, ['noah', 'Noah', 'Bernard'], 'admin'), hasPairedDevice: false },
  // The one member of two organisations.
  member(7, ['zoe', 'Zoé', 'Laurent'], 'admin'),
  { ...member(8, ['zoe', 'Zoé', 'Laurent'], 'admin'), organizationId: SOLO.id },
];

/** As if Solo had been made through the Onboarding API (facts 2.1). */
const REGISTRATIONS: Readonly<Record<string, string>> = {
  [fixedId('registration', 1)]: SOLO.id,
};

export function organizationOfRegistration(registrationId: string): string | undefined {
  return REGISTRATIONS[registrationId];
}

/** Opening balances: a well-filled main account, an empty one, a closed one, and Solo's only one. */
export function openingAccounts(at: number): BankAccount[] {
  return [
    account(
      1,
      {
        name: 'Main account',
        iban: 'FR7616958000011111111110107',
        main: true,
        balanceCents: 125_000_000,
      },
      at,
    ),
    account(2, { name: 'Projects', iban: 'FR7616958000011111111120292', balanceCents: 0 }, at),
    account(
      3,
      {
        name: 'Old account',
        iban: 'FR7616958000011111111130380',
        balanceCents: 0,
        status: 'closed',
      },
      at,
    ),
    account(
      4,
      {
        name: 'Main account',
        iban: 'FR7616958000012222222220462',
        main: true,
        balanceCents: 1_250_000,
        organization: SOLO,
      },
      at,
    ),
  ];
}

function member(
  number: number,
  [key, firstName, lastName]: readonly [string, string, string],
  role: Membership['role'],
): Membership {
  return {
    id: fixedId('membership', number),
    member: key,
    organizationId: ACME.id,
    firstName,
    lastName,
    email: `${key}@acme.example`,
    role,
    hasPairedDevice: true,
  };
}

interface AccountSeed {
  readonly name: string;
  readonly iban: string;
  readonly balanceCents: number;
  readonly main?: boolean;
  readonly status?: BankAccount['status'];
  readonly organization?: Organization;
}

function account(number: number, seed: AccountSeed, at: number): BankAccount {
  const organization = seed.organization ?? ACME;
  return {
    id: fixedId('account', number),
    slug: `${organization.slug}-bank-account-${number}`,
    organizationId: organization.id,
    name: seed.name,
    iban: seed.iban,
    bic: 'QNTOFRP1XXX',
    main: seed.main ?? false,
    status: seed.status ?? 'active',
    balanceCents: seed.balanceCents,
    heldCents: 0,
    updatedAt: at,
  };
}
