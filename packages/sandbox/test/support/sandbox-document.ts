import { OPERATIONS } from '../../src/openapi/operations.js';
import { SWITCHES } from '../../src/switches.js';
import { type Behaviour, behaviours } from './behaviours.js';

/** The sections that the tests cite, with where Qonto tells of them (below docs.qonto.com, but for the last). */
const SECTIONS: Readonly<Record<string, readonly [title: string, source: string]>> = {
  1: ['Hosts, staging gate, gateway', 'get-started/general/sandbox-access'],
  2.1: ['Authorization request', 'guides/authentication/oauth-flow'],
  2.2: ['Tokens', '…/authentication/oauth2/create_tokens'],
  2.3: ['Scopes', '…/oauth/available-scopes'],
  2.4: ['Roles and plans', '…/business-accounts/list, support articles'],
  2.5: ['API key', 'get-started/business-api/authentication'],
  2.6: ['User OAuth flow', '…/oauth/user-oauth-flow'],
  3.1: ['Which calls ask for an approval', '…/authentication/sca'],
  3.2: ['SCA headers', '…/authentication/sca'],
  3.3: ['The 428 bodies', '…/sca/sca-flows'],
  3.4: ['Approval, replay and its outcomes', '…/sca/retrieve-session'],
  3.5: ['Denied and expired sessions', '…/sca/sca-flows'],
  3.6: ['The mock', '…/sca/simulate-user-decision'],
  4.1: ['Organisation and accounts', '…/organizations, …/business-accounts'],
  4.2: ['Beneficiaries', '…/sepa-transfers/beneficiaries'],
  4.3: ['Verification of payee', '…/sepa-transfers/verify-payee'],
  4.4: ['SEPA transfers', '…/sepa-transfers/sepa-transfers'],
  4.5: ['Bulk transfers', '…/sepa-bulk-transfers'],
  4.6: ['Recurring transfers', '…/sepa-recurring-transfers'],
  4.7: ['Internal transfers', '…/internal-transfers'],
  4.8: ['Requests', '…/expense-management/requests'],
  4.9: ['Attachments', '…/expense-management/attachments'],
  '4.10': ['Payment links', '…/payments-transfers/payment-links'],
  4.11: ['Transactions', '…/transactions'],
  4.12: ['Memberships', '…/memberships'],
  4.13: ['Webhooks', '…/business-api/webhooks'],
  4.14: ['Invoices', '…/supplier-invoices, …/client-invoices'],
  5.1: ['Error envelopes', 'get-started/general/errors'],
  5.2: ['Idempotency', 'get-started/general/idempotent-requests'],
  5.3: ['Pagination', 'api-reference/using-the-apis/pagination'],
  5.4: ['Rate limits', 'get-started/general/rate-limitations'],
  5.5: ['Formats', 'api-reference'],
  5.6: ['Versions, timeouts, retries', 'api-reference'],
  5.7: ['Quirks of the staging bank', 'seen by integrators'],
  6: ['Known traps', 'seen by integrators'],
  7: ['What is asked of a simulator', 'our own choice'],
  8: ['Open questions: each is a switch', 'nobody knows'],
};

/** `docs/sandbox.md`, whole. */
export function sandboxDocument(): string {
  const all = behaviours();
  const cited = all.filter(({ sections }) => sections.length > 0).sort(bySection);
  const own = all.filter(({ sections }) => sections.length === 0);
  return `# What the sandbox plays

Made from the names of the tests in \`packages/sandbox\`, from its OpenAPI document and from its switches. After a
change: \`npx vitest run -u --root packages/sandbox test/docs.test.ts\`. How to use the sandbox stands in
[its README](../packages/sandbox/README.md).

## Sections

What a behaviour stands on. The sources are pages below <https://docs.qonto.com> unless they say otherwise.

${rows(['section', 'about', 'source'], sectionRows(cited))}

## Behaviours

${rows(['section', 'behaviour', 'test'], cited.map(behaviourRow))}

## The sandbox's own

${rows(
  ['behaviour', 'test'],
  own.map(({ name, file }) => [name, fileLink(file)]),
)}

## Addresses

${rows(
  ['address', 'does', 'scope', 'section'],
  OPERATIONS.map(({ method, path, summary, scope, facts }) => [
    `\`${method.toUpperCase()} ${path}\``,
    summary,
    scope ? `\`${scope}\`` : '',
    facts,
  ]),
)}

## Switches

Where nobody knows what the real bank does, an integrator chooses. The first value is the default.

${rows(
  ['switch', 'values', 'decides', 'section'],
  Object.entries(SWITCHES).map(([name, { values, decides, facts }]) => [
    ...[`\`${name}\``, values.map((value) => `\`${JSON.stringify(value)}\``).join(', ')],
    ...[decides, facts],
  ]),
)}
`;
}

function sectionRows(cited: readonly Behaviour[]): string[][] {
  const used = new Set(cited.flatMap(({ sections }) => sections.map(sectionOf)));
  return [...used].sort(byNumber).map((section) => {
    const [title = '', source = ''] = SECTIONS[section] ?? [];
    if (title === '') throw new Error(`a test cites section ${section}, which is none`);
    return [section, title, source];
  });
}

/** "8 no. 3" stands in section 8. */
function sectionOf(citation: string): string {
  return citation.split(' ')[0] ?? '';
}

function behaviourRow({ sections, name, file }: Behaviour): string[] {
  return [sections.join(', '), name, fileLink(file)];
}

function fileLink(file: string): string {
  return `[${file}](../packages/sandbox/${file})`;
}

function rows(heads: readonly string[], cells: readonly (readonly string[])[]): string {
  const lines = [heads, heads.map(() => '---'), ...cells];
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}

function bySection(one: Behaviour, other: Behaviour): number {
  return byNumber(sectionOf(one.sections[0] ?? ''), sectionOf(other.sections[0] ?? ''));
}

/** "4.9" stands before "4.10". */
function byNumber(one: string, other: string): number {
  const [chapter = 0, section = 0] = one.split('.').map(Number);
  const [otherChapter = 0, otherSection = 0] = other.split('.').map(Number);
  return chapter - otherChapter || section - otherSection;
}
