import { collectingOperations } from './families/collecting.js';
import { invoiceOperations } from './families/invoices.js';
import { movingOperations } from './families/moving.js';
import { oauthOperations } from './families/oauth.js';
import { organizationOperations } from './families/organization.js';
import { payeeOperations } from './families/payees.js';
import { requestOperations } from './families/requests.js';
import { scaOperations } from './families/sca.js';
import { transferOperations } from './families/transfers.js';
import { webhookOperations } from './families/webhooks.js';
import type { Operation } from './operation.js';

/** Every address of the bank. */
export const OPERATIONS: readonly Operation[] = [
  ...oauthOperations,
  ...organizationOperations,
  ...payeeOperations,
  ...transferOperations,
  ...movingOperations,
  ...requestOperations,
  ...scaOperations,
  ...webhookOperations,
  ...collectingOperations,
  ...invoiceOperations,
];
