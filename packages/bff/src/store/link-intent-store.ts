import { type Kysely, sql } from 'kysely';
import { assertWithdrawable } from '../links/link-rules.js';
import type { LinkView } from '../links/records.js';
import type { LinkIntentStore, NewLinkIntent } from '../links/store-port.js';
import { PaymentError } from '../payments/errors.js';
import type { OnceKey, StoredAnswer } from '../payments/store-port.js';
import { writePageSeen, writeWithdrawn } from './intent-changes.js';
import { toJson } from './link-rows.js';
import { isLinkPublished, publishLink, readLinkView, readLinkViews } from './link-view.js';
import { answerOnce } from './once.js';
import { lockIntent, type Trx } from './publish.js';
import type { Database } from './schema.js';

/** Intents to collect, with their published events, in PostgreSQL. */
export class PgLinkIntentStore implements LinkIntentStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async create(
    intent: NewLinkIntent,
    once: OnceKey,
    answer: (view: LinkView) => StoredAnswer,
  ): Promise<StoredAnswer & { replayed: boolean }> {
    return answerOnce(this.#db, once, async (trx) => {
      await insertIntent(trx, intent);
      return answer(await publishLink(trx, intent.id));
    });
  }

  async view(intentId: string): Promise<LinkView | undefined> {
    return (await this.views([intentId]))[0];
  }

  async views(intentIds: string[]): Promise<LinkView[]> {
    const read = await readLinkViews(this.#db, intentIds);
    return Promise.all(
      read.map(async (one) => (isLinkPublished(one) ? one.view : this.#published(one.view))),
    );
  }

  async withdraw(intentId: string): Promise<LinkView> {
    return this.#db.transaction().execute(async (trx) => {
      await lockIntent(trx, intentId);
      const read = await readLinkView(trx, intentId);
      if (!read) throw new PaymentError('intent-not-found', 'There is no such intent.');
      assertWithdrawable(read.view);
      if (read.view.intent.withdrawnAt) return read.view;
      await writeWithdrawn(trx, intentId);
      return publishLink(trx, intentId);
    });
  }

  async markPageSeen(intentId: string): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      if (await writePageSeen(trx, intentId)) await publishLink(trx, intentId);
    });
  }

  /** Another intent's link holds the invoice, or time has passed: nobody has told yet. */
  async #published({ intent }: LinkView): Promise<LinkView> {
    return this.#db.transaction().execute(async (trx) => {
      await lockIntent(trx, intent.id);
      const again = await readLinkView(trx, intent.id);
      return again && isLinkPublished(again) ? again.view : publishLink(trx, intent.id);
    });
  }
}

async function insertIntent(trx: Trx, { order, ...intent }: NewLinkIntent): Promise<void> {
  const life = `${intent.lifeMs} milliseconds`;
  await sql`
    with created as (
      insert into intents (id, partner_id, kind, item_count, amount_cents, return_url, expires_at)
      values (${intent.id}, ${intent.partnerId}, 'link', 1, ${order.amountCents},
        ${intent.returnUrl}, money_now() + ${life}::interval)
      returning id)
    insert into link_orders (intent_id, partner_id, external_ref, content, reusable, methods,
      payee_name, payee_iban, remittance)
    select id, ${intent.partnerId}, ${order.externalRef}, ${toJson(order.content)}::jsonb,
      ${order.reusable}, ${order.methods}::text[], ${order.payee?.name ?? null},
      ${order.payee?.iban ?? null}, ${order.remittance}
    from created`.execute(trx);
}
