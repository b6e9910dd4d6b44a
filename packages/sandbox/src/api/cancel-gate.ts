import { moneyText } from '../money.js';
import type { ApiCall } from './endpoint.js';
import { requireApproval } from './sca-gate.js';

interface Canceled {
  readonly kind: 'single' | 'recurring';
  readonly order: {
    readonly id: string;
    readonly accountId: string;
    readonly amountCents: number;
    readonly reference: string;
  };
  readonly payee: { readonly name: string; readonly iban: string } | undefined;
}

/** Facts 3.1: the bank's own sandbox asks for none, but a program must be ready for it. */
export function approveCancel(call: ApiCall, { kind, order, payee }: Canceled): void {
  const { switches, store } = call.bank;
  if (!switches.get('cancel_sca')) return;
  const name = payee?.name ?? '';
  requireApproval(call, {
    actionType: `transfer.${kind}.cancel`,
    signed: [order.id],
    summary: {
      title: `Cancel ${moneyText(order.amountCents)} to ${name}`,
      ...{ amountCents: null, payee: name, iban: payee?.iban ?? '' },
      debitAccount: store.current.accounts.get(order.accountId)?.name ?? '',
      reference: order.reference,
    },
  });
}
