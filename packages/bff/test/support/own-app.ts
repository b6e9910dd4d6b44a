import { randomUUID } from 'node:crypto';
import { expectStatus, type LedgerRequest, type Row } from './asking.js';
import type { World } from './world.js';

/** A member who decides in Qonto's own app, of which our service hears nothing. */
export class OwnApp {
  readonly #world: World;
  readonly #token: string;

  private constructor(world: World, token: string) {
    this.#world = world;
    this.#token = token;
  }

  static async of(world: World, member: string): Promise<OwnApp> {
    const scope = 'organization.read request_transfers.write request_review.write';
    return new OwnApp(world, await world.bank.token(member, scope));
  }

  /** A request of the very same rows, without our mark. */
  async ask(rows: readonly Row[]): Promise<Pick<LedgerRequest, 'id'>> {
    const transfers = rows.map(({ payee, amount, currency, reference }) => ({
      ...{ credit_iban: payee.iban, credit_account_name: payee.name },
      ...{ amount, currency, credit_account_currency: currency, reference },
    }));
    const request = { request_multi_transfer: { note: 'By hand', transfers } };
    const answer = await this.#post('/v2/requests/multi_transfers', request, {});
    await expectStatus(answer.clone(), 200);
    const body = (await answer.json()) as { request_multi_transfer: { id: string } };
    return body.request_multi_transfer;
  }

  /** Signs it on the phone. */
  async approve({ id }: Pick<LedgerRequest, 'id'>): Promise<void> {
    const path = `/v2/requests/multi_transfers/${id}/approve`;
    const first = await this.#post(path, {}, {});
    const { sca_session_token: session = '' } = (await first.json()) as Record<string, string>;
    await this.#world.bank.answer(session, 'allow');
    const answer = await this.#post(path, {}, { 'X-Qonto-Sca-Session-Token': session });
    await expectStatus(answer, 200);
  }

  async decline({ id }: Pick<LedgerRequest, 'id'>): Promise<void> {
    const path = `/v2/requests/multi_transfers/${id}/decline`;
    await expectStatus(await this.#post(path, { declined_note: 'No' }, {}), 200);
  }

  async #post(path: string, body: object, headers: Record<string, string>): Promise<Response> {
    return fetch(this.#world.bank.url + path, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${this.#token}`,
        'Content-Type': 'application/json',
        'X-Qonto-Idempotency-Key': randomUUID(),
        ...headers,
      },
      body: JSON.stringify(body),
    });
  }
}
