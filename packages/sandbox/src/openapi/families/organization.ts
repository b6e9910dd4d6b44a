import { type Operation, paging } from '../operation.js';
import {
  answered,
  constant,
  flag,
  listOf,
  nullable,
  number,
  oneOf,
  page,
  text,
  time,
  uuid,
  whole,
} from '../schema.js';

const everybody = {
  id: uuid,
  name: text,
  status: oneOf('active', 'closed'),
  main: flag,
  organization_id: uuid,
};

const account = answered({
  ...everybody,
  slug: text,
  iban: text,
  'bic?': nullable(text),
  currency: constant('EUR'),
  balance: number,
  balance_cents: whole,
  authorized_balance: number,
  authorized_balance_cents: whole,
  'is_external_account?': flag,
  'account_number?': nullable(text),
  updated_at: time,
});

/** Fields depend on permissions (facts 2.4). */
const maskedAccount = answered({
  ...everybody,
  ...Object.fromEntries(
    Object.entries({
      ...{ slug: text, iban: text, bic: nullable(text), currency: constant('EUR') },
      ...{ balance: number, balance_cents: whole, authorized_balance: number },
      ...{ authorized_balance_cents: whole, is_external_account: flag, updated_at: time },
    }).map(([name, schema]) => [`${name}?`, schema]),
  ),
});

const organization = answered({
  slug: text,
  bank_accounts: listOf(account),
  'id?': uuid,
  'name?': text,
  'legal_name?': text,
  'legal_number?': nullable(text),
  'legal_sector?': nullable(text),
  'legal_registration_date?': nullable(text),
  'legal_address?': nullable(text),
  'address?': { type: ['object', 'null'] },
  'legal_form?': nullable(text),
  'legal_country?': nullable(text),
  'legal_share_capital?': { type: ['number', 'string', 'null'] },
  'locale?': text,
  'contract_signed_at?': text,
});

const membership = answered({
  id: uuid,
  first_name: text,
  last_name: text,
  'email?': text,
  'role?': oneOf('owner', 'admin', 'manager', 'reporting', 'employee', 'accountant', null),
  'team_id?': nullable(text),
  'residence_country?': text,
  'birthdate?': nullable(text),
  'nationality?': nullable(text),
  'birth_country?': nullable(text),
  'ubo?': nullable(flag),
  status: text,
});

const scope = 'organization.read';

/** Facts 4.1, 4.12, 2.6. */
export const organizationOperations: readonly Operation[] = [
  {
    ...{ method: 'get', path: '/v2/organization', facts: '4.1', scope },
    summary: 'The organisation with its accounts and their real IBANs',
    query: [{ name: 'include_external_accounts', schema: flag }],
    answers: { 200: answered({ organization }) },
  },
  {
    ...{ method: 'get', path: '/v2/bank_accounts', facts: '4.1', scope },
    summary: 'The accounts, their IBANs masked',
    query: paging,
    answers: { 200: answered({ bank_accounts: listOf(maskedAccount), 'meta?': {} }) },
  },
  {
    ...{ method: 'get', path: '/v2/bank_accounts/{id}', facts: '4.1', scope },
    summary: 'One account',
    answers: { 200: answered({ bank_account: maskedAccount }) },
  },
  {
    ...{ method: 'get', path: '/v2/membership', facts: '4.12', scope: 'membership.read' },
    summary: 'The member who consented',
    answers: { 200: answered({ membership }) },
  },
  {
    ...{ method: 'get', path: '/v2/memberships', facts: '4.12', scope },
    summary: 'Everybody in the organisation',
    query: paging,
    answers: { 200: page('memberships', membership) },
  },
  {
    ...{ method: 'get', path: '/v2/user_organizations', facts: '2.6' },
    scope: 'user_organization.read',
    summary: 'All organisations of the user, in the user OAuth flow',
    query: paging,
    answers: {
      200: answered({
        user_organizations: listOf(answered({ id: uuid, name: text, membership_role: text })),
        'meta?': {},
      }),
    },
  },
];
