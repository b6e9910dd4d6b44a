export * from './api.js';
export * from './iban.js';
export * from './intent.js';
export * from './money.js';
export * from './pay-api.js';
export * from './problem.js';
export * from './sepa-text.js';
export * from './status.js';
