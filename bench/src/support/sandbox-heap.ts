import { randomUUID } from 'node:crypto';

export interface HeapReport {
  emptyBytes: number;
  /** What the transfers add. */
  ledgerBytes: number;
  /** The same with the answers that the bank keeps for 30 minutes. */
  withAnswersBytes: number;
  afterResetBytes: number;
}

interface Held {
  readonly id: string;
}
/** As much of the sandbox's inside as is measured here; not one of the package's entry points. */
interface SandboxBank {
  readonly store: { readonly current: Record<'accounts' | 'beneficiaries', Map<string, Held>> };
  readonly ledger: { accept(order: unknown): Held };
  readonly idempotency: { keep(key: string, answer: { status: number; body: string }): void };
  reset(): void;
  close(): void;
}

const inside = new URL('bank.ts', import.meta.resolve('@qonto-pay/sandbox'));
const { Bank } = (await import(inside.href)) as {
  Bank: new (settings: unknown) => SandboxBank;
};

const TODAY = new Date().toISOString().slice(0, 10);
const count = Number(process.argv[2]);
const bank = new Bank({ rateLimits: false, machineNow: Date.now });

function usedBytes(): number {
  // Twice: the first collection leaves what the second finds.
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

function fill(keepAnswers: boolean): void {
  const [account] = bank.store.current.accounts.values();
  const [known] = bank.store.current.beneficiaries.values();
  for (let number = 0; number < count; number++) {
    const idempotencyKey = randomUUID();
    const transfer = bank.ledger.accept({
      ...{ account, payee: { known }, initiatorId: 'benchmark', amountCents: 1 },
      ...{ reference: `Invoice ${number}`, note: `QP-${number}`, scheduledDate: TODAY },
      ...{ attachmentIds: [], idempotencyKey, requestSha256: randomUUID().repeat(2).slice(0, 64) },
    });
    if (!keepAnswers) continue;
    bank.idempotency.keep(idempotencyKey, { status: 200, body: JSON.stringify({ transfer }) });
  }
}

// The code itself is warm before the heap is read.
fill(true);
bank.reset();
const emptyBytes = usedBytes();
fill(false);
const ledgerBytes = usedBytes() - emptyBytes;
bank.reset();
fill(true);
const withAnswersBytes = usedBytes() - emptyBytes;
bank.reset();
const report: HeapReport = {
  emptyBytes,
  ledgerBytes,
  withAnswersBytes,
  afterResetBytes: usedBytes(),
};
bank.close();
process.send?.(report, () => process.exit(0));
