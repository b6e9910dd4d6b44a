import { type Kysely, sql } from 'kysely';
import type { DocumentOwner, DocumentStore, KeptDocument } from '../payments/document-ports.js';
import type { Database } from './schema.js';

/** Documents in PostgreSQL: their marks and the bank's ids, never their content. */
export class PgDocumentStore implements DocumentStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async find(owner: DocumentOwner, contents: readonly string[], intentId = '') {
    const { rows } = await sql<{ index: number | null; sha256: string; attachment_id: string }>`
      select null::int as index, sha256, attachment_id from bank_documents
        where partner_id = ${owner.partnerId} and organization_id = ${owner.organizationId}
          and sha256 = any(${contents}::text[])
      union all (
        select r.item_index, b.sha256, b.attachment_id
        from row_documents r join bank_documents b using (partner_id, organization_id, sha256)
        where r.partner_id = ${owner.partnerId} and r.organization_id = ${owner.organizationId}
          and r.intent_id = ${intentId}
        order by r.at, b.sha256)`.execute(this.#db);
    return {
      byContent: new Map(rows.map((row) => [row.sha256, row.attachment_id])),
      added: rows.flatMap(({ index, attachment_id: attachmentId }) =>
        index === null ? [] : [{ index, attachmentId }],
      ),
    };
  }

  async keep(owner: DocumentOwner, document: KeptDocument): Promise<void> {
    const { sha256, attachmentId, fileName, contentType, sizeBytes, connectionId } = document;
    await sql`
      insert into bank_documents (partner_id, organization_id, sha256, attachment_id, file_name,
        content_type, size_bytes, connection_id)
      values (${owner.partnerId}, ${owner.organizationId}, ${sha256}, ${attachmentId}, ${fileName},
        ${contentType}, ${sizeBytes}, ${connectionId})
      on conflict do nothing`.execute(this.#db);
  }

  async addToRow(
    { partnerId, organizationId }: DocumentOwner,
    row: { intentId: string; index: number; sha256: string; connectionId: string },
  ): Promise<void> {
    const { intentId, index, sha256, connectionId } = row;
    await sql`
      with added as (
        insert into row_documents (intent_id, item_index, partner_id, organization_id, sha256)
        values (${intentId}, ${index}, ${partnerId}, ${organizationId}, ${sha256})
        on conflict do nothing returning item_index),
      noted as (
        insert into audit_log (partner_id, intent_id, actor, action, detail)
        select ${partnerId}, ${intentId}, ${`connection:${connectionId}`}, 'document-added',
          jsonb_build_object('item', item_index, 'sha256', ${sha256}::text)
        from added)
      select pg_notify('intents', ${intentId})`.execute(this.#db);
  }

  async notify(intentIds: readonly string[]): Promise<void> {
    await sql`select pg_notify('intents', id) from unnest(${intentIds}::text[]) as id`.execute(
      this.#db,
    );
  }
}
