import { type Kysely, sql } from 'kysely';
import { assertWithdrawable } from '../payments/confirmation-rules.js';
import { PaymentError } from '../payments/errors.js';
import type { IntentView, Payment } from '../payments/records.js';
import type { IntentStore, NewIntent, OnceKey, StoredAnswer } from '../payments/store-port.js';
import { writePageSeen, writeWithdrawn } from './intent-changes.js';
import { readView, readViews } from './intent-view.js';
import { answerOnce } from './once.js';
import { paymentColumns, pickPayment } from './payment-columns.js';
import { isPublished, lockIntent, publish, type Trx } from './publish.js';
import { toPayment } from './rows.js';
import type { Database } from './schema.js';

/** Intents, their items and their published events in PostgreSQL. */
export class PgIntentStore implements IntentStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async create(
    intent: NewIntent,
    once: OnceKey,
    answer: (view: IntentView) => StoredAnswer,
  ): Promise<StoredAnswer & { replayed: boolean }> {
    return answerOnce(this.#db, once, async (trx) => {
      await insertIntent(trx, intent);
      return answer(await publish(trx, intent.id));
    });
  }

  async view(intentId: string): Promise<IntentView | undefined> {
    const read = await readView(this.#db, intentId);
    if (!read || isPublished(read.view, read.published)) return read?.view;
    // Another intent's payment holds the invoice, or time has passed: nobody has told yet.
    return this.#db.transaction().execute(async (trx) => {
      await lockIntent(trx, intentId);
      const again = await readView(trx, intentId);
      if (!again || isPublished(again.view, again.published)) return again?.view;
      return publish(trx, intentId, again.view);
    });
  }

  async views(intentIds: string[]): Promise<IntentView[]> {
    const read = await readViews(this.#db, intentIds);
    const stale = read.filter(({ view, published }) => !isPublished(view, published));
    const fresh = new Map<string, IntentView | undefined>();
    for (const { view } of stale) fresh.set(view.intent.id, await this.view(view.intent.id));
    return read.map(({ view }) => fresh.get(view.intent.id) ?? view);
  }

  async partnerOf(intentId: string): Promise<string | undefined> {
    const row = await this.#db
      .selectFrom('intents')
      .select('partner_id')
      .where('id', '=', intentId)
      .executeTakeFirst();
    return row?.partner_id;
  }

  async withdraw(intentId: string): Promise<IntentView> {
    return this.#db.transaction().execute(async (trx) => {
      await lockIntent(trx, intentId);
      const read = await readView(trx, intentId);
      if (!read) throw new PaymentError('intent-not-found', 'There is no such intent.');
      assertWithdrawable(read.view);
      if (read.view.intent.withdrawnAt) return read.view;
      await writeWithdrawn(trx, intentId);
      return publish(trx, intentId);
    });
  }

  async markPageSeen(intentId: string): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      if (await writePageSeen(trx, intentId)) await publish(trx, intentId);
    });
  }

  async payment(partnerId: string, paymentId: string): Promise<Payment | undefined> {
    const { rows } = await sql<Record<string, unknown>>`
      select ${paymentColumns} from payments p
      where p.id = ${paymentId} and p.partner_id = ${partnerId}`.execute(this.#db);
    return toPayments(rows)[0];
  }

  async paymentsByRef(partnerId: string, externalRef: string): Promise<Payment[]> {
    const { rows } = await sql<Record<string, unknown>>`
      select ${paymentColumns} from payment_items h join payments p on p.id = h.payment_id
      where h.partner_id = ${partnerId} and h.external_ref = ${externalRef}
      order by p.ordinal desc limit 100`.execute(this.#db);
    return toPayments(rows);
  }
}

const toPayments = (rows: Record<string, unknown>[]): Payment[] =>
  rows.flatMap((row) => {
    const payment = pickPayment(row);
    return payment ? [toPayment(payment)] : [];
  });

async function insertIntent(trx: Trx, intent: NewIntent): Promise<void> {
  const life = `${intent.lifeMs} milliseconds`;
  const items = intent.items.map((item) => ({ ...item, amountCents: String(item.amountCents) }));
  await sql`
    with created as (
      insert into intents (id, partner_id, kind, item_count, amount_cents, return_url, expires_at)
      values (${intent.id}, ${intent.partnerId}, 'transfer', ${items.length},
        ${intent.amountCents}, ${intent.returnUrl}, money_now() + ${life}::interval))
    insert into intent_items (intent_id, index, partner_id, external_ref, amount_cents, payee_name,
      payee_iban, reference, remittance, due_date, attachments)
    select ${intent.id}, t.index, ${intent.partnerId}, t."externalRef", t."amountCents",
      t."payeeName", t."payeeIban", t.reference, t.remittance, t."dueDate", t.attachments
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as t(index int, "externalRef" text,
      "amountCents" bigint, "payeeName" text, "payeeIban" text, reference text, remittance text,
      "dueDate" text, attachments jsonb)`.execute(trx);
}
