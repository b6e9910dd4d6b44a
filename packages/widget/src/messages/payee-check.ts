/** The audit log records what was shown, so the words stand where both sides find them. */
export { PAYEE_WORDS as payeeCheckMessages } from '@qonto-pay/shared/payee-sentences';
