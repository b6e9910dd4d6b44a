import { formatAmount } from '@qonto-pay/shared';
import type { BankRequest, TransferOrder } from '../payments/ports.js';

/** Makes the bytes of a transfer, once: they are stored, and every send repeats exactly them. */
export function transferRequest(order: TransferOrder): BankRequest {
  const { payee } = order;
  const body = {
    vop_proof_token: order.proof,
    transfer: {
      bank_account_id: order.accountId,
      ...('id' in payee
        ? { beneficiary_id: payee.id }
        : { beneficiary: { name: payee.name, iban: payee.iban } }),
      reference: order.remittance,
      amount: formatAmount(order.amountCents),
      note: order.note,
    },
  };
  return { path: '/v2/sepa/transfers', body: Buffer.from(JSON.stringify(body), 'utf8') };
}
