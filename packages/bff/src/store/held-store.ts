import { isFinal } from '@qonto-pay/shared';
import { type Kysely, sql } from 'kysely';
import { PaymentError } from '../payments/errors.js';
import type { HeldPayment, HeldStore } from '../payments/held-service.js';
import { afterChange } from '../payments/payment-items.js';
import type { Payment } from '../payments/records.js';
import type { Change } from '../payments/store-port.js';
import { isBankIdOfAnother, isTransferOfAnother } from './hold-apart.js';
import { paymentColumns, pickPayment } from './payment-columns.js';
import { lockIntent } from './publish.js';
import { toPayment } from './rows.js';
import type { Database } from './schema.js';
import { changePayment, LostRaceError } from './status-change.js';

/** Held payments in PostgreSQL, for the operator's command. */
export class PgHeldStore implements HeldStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async held(): Promise<HeldPayment[]> {
    const { rows } = await sql<Record<string, unknown>>`
      select ${paymentColumns}, a.first_sent_at, a.tag,
        (select t.cause from transitions t where t.payment_id = p.id order by t.seq desc limit 1)
          as cause
      from payments p join attempts a on a.payment_id = p.id and a.live
      where p.status = 'held' order by p.updated_at`.execute(this.#db);
    return rows.flatMap((row) => {
      const payment = pickPayment(row);
      if (!payment) return [];
      const firstSentAt = (row.first_sent_at as Date | null) ?? undefined;
      return [
        {
          payment: toPayment(payment),
          cause: String(row.cause),
          firstSentAt,
          tag: String(row.tag),
        },
      ];
    });
  }

  async resolve(
    payment: Payment,
    change: Change,
    { operator, why }: { operator: string; why: string },
  ): Promise<boolean> {
    return this.#db
      .transaction()
      .execute(async (trx) => {
        await lockIntent(trx, payment.intentId);
        const attempt = await trx
          .updateTable('attempts')
          .set({
            live: !isFinal(afterChange(payment, change).status),
            in_flight: false,
            next_at: sql`clock_timestamp()`,
            // Whoever is looking now has seen it otherwise. Nothing held is ever sent again.
            lease_owner: null,
            lease_until: null,
          })
          .where('payment_id', '=', payment.id)
          .where('live', '=', true)
          .returning('number')
          .executeTakeFirst();
        const actor = `operator:${operator}`;
        const by = { payment, attempt: attempt?.number ?? 0, actor, change, detail: { why } };
        await changePayment(trx, by);
        await sql`select pg_notify('attempts', '')`.execute(trx);
        return true;
      })
      .catch((error: unknown) => {
        if (error instanceof LostRaceError) return false;
        if (isTransferOfAnother(error) || isBankIdOfAnother(error)) {
          throw new PaymentError('bank-refused', 'This transfer is another payment already.');
        }
        throw error;
      });
  }
}
