// The layers of ARCHITECTURE.md, type imports included. An arrow changes only together with a decision record.
const test = '\\.test\\.ts$|/test/|vitest\\.config\\.ts$';

/** Forbids `from` to import anything of ours (or of the given scope) that `allowed` does not match. */
const only = (
  name,
  comment,
  from,
  allowed,
  scope = '^(packages|demo|e2e|bench|prove|scripts)/',
) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: test },
  to: { path: scope, pathNot: allowed },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or miss a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'Every import exists.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    only(
      'shared-is-the-ground',
      'The contract imports nothing of ours.',
      '^packages/shared/src',
      '^packages/shared/',
    ),
    only(
      'sandbox-stands-alone',
      'A second implementation of the bank contract: a shared misreading would not show.',
      '^packages/sandbox/src',
      '^packages/sandbox/',
    ),
    only(
      'widget-knows-the-contract',
      'The widget imports the contract only.',
      '^packages/widget/src',
      '^packages/(widget|shared)/',
    ),
    {
      name: 'widget-takes-types-only',
      comment:
        'zod would cost the button 20 kB and more. The sentences that the service writes too have none, nor has the QR code.',
      severity: 'error',
      from: { path: '^packages/(widget|pay-page)/src', pathNot: test },
      to: {
        path: '^packages/shared/',
        pathNot: '/(payee-sentences|qr-code)\\.ts$|/link-words/',
        dependencyTypesNot: ['type-only'],
      },
    },
    only(
      'pay-page-shows-widget-views',
      "The pay page imports the widget's views and words, and the contract.",
      '^packages/pay-page/src',
      '^packages/(pay-page|shared)/|^packages/widget/src/(views|messages)/',
    ),
    only(
      'bff-knows-the-contract',
      'The service imports the contract only.',
      '^packages/bff/src',
      '^packages/(bff|shared)/',
    ),
    only(
      'core-stands-alone',
      'The core knows no Express, no fetch, no SQL and no vendor.',
      '^packages/bff/src/payments/',
      '^packages/bff/src/payments/|^packages/shared/',
    ),
    only(
      'webhooks-are-core',
      'What the bank tells us is core too: it may use that of the payments.',
      '^packages/bff/src/webhooks/',
      '^packages/bff/src/(webhooks|payments)/|^packages/shared/',
    ),
    only(
      'links-stand-on-payments',
      'Collecting is a core of its own; payments know nothing of it.',
      '^packages/bff/src/links/',
      '^packages/bff/src/(links|payments)/|^packages/shared/',
    ),
    {
      name: 'core-has-no-vendors',
      comment: 'What the core needs comes through its ports.',
      severity: 'error',
      from: { path: '^packages/bff/src/(payments|links|webhooks)/', pathNot: test },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-peer'], pathNot: '^packages/shared/' },
    },
    {
      name: 'http-knows-no-adapters',
      comment: 'Routes talk to the core.',
      severity: 'error',
      from: { path: '^packages/bff/src/http/', pathNot: test },
      to: { path: '^packages/bff/src/(qonto|store|documents)/' },
    },
    {
      name: 'adapters-meet-in-main',
      comment:
        'An adapter does not know the others; it may implement what they ask for in their ports.',
      severity: 'error',
      from: { path: '^packages/bff/src/(qonto|store|events|auth|documents)/', pathNot: test },
      to: {
        path: '^packages/bff/src/(qonto|store|events|auth|documents|http)/',
        pathNot: '^packages/bff/src/$1/|/ports\\.ts$',
      },
    },
    only(
      'demo-is-a-partner',
      'The demo uses what a partner has: HTTP and the built widget.',
      '^demo/src',
      '^demo/',
    ),
    {
      name: 'journeys-over-http',
      comment: 'Journeys use public entry points: HTTP, and the processes they start.',
      severity: 'error',
      from: { path: '^e2e/' },
      to: { path: '^packages/(bff|widget|pay-page)/src/', pathNot: 'embedded-postgres' },
    },
    {
      name: 'sentences-without-zod',
      comment: 'The pay page loads them whole.',
      severity: 'error',
      from: { path: '^packages/shared/src/(payee-sentences\\.ts$|link-words/)', pathNot: test },
      to: { dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'product-imports-no-tests',
      comment: 'Test code stays in tests.',
      severity: 'error',
      from: { path: '^(packages/[^/]+|demo)/src', pathNot: test },
      to: { path: test },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage)/' },
    tsPreCompilationDeps: true,
    detectProcessBuiltinModuleCalls: false,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'module', 'browser', 'types', 'default'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
