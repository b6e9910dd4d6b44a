import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { BankClock } from '../clock.js';
import type { OAuthRow } from '../state.js';
import type { StateStore } from '../state-store.js';

/** Facts 2.2: the old refresh token goes on working for so long after its first use. */
const GRACE_SECONDS = 60;
const SWEEP_EVERY = 64;
const TIMES = ['exp', 'iat', 'iiat', 'loginTs'];

/**
 * Rows of the OAuth server. The library reads the machine's time, so rows are kept in bank time and handed
 * out in machine time.
 */
export function adapterOf({ store, clock }: { store: StateStore; clock: BankClock }) {
  return (model: string): Adapter => {
    const keyOf = (id: string) => `${model}:${id}`;
    const rows = () => store.current.oauthRows;

    function handOut(row: OAuthRow): AdapterPayload | undefined {
      const payload = shifted(row, -offsetSeconds(clock));
      if (model === 'RefreshToken' && typeof row.consumed === 'number') {
        if (clock.nowSeconds() - row.consumed >= GRACE_SECONDS) return undefined;
        // The library would revoke the whole family on the second use of a consumed token.
        delete payload.consumed;
      }
      return payload;
    }

    return {
      async upsert(id, payload) {
        if (rows().size % SWEEP_EVERY === 0) dropDeadRows(rows(), clock.nowSeconds());
        rows().set(keyOf(id), shifted({ ...payload }, offsetSeconds(clock)));
        store.touch();
      },
      async find(id) {
        const row = rows().get(keyOf(id));
        return row && handOut(row);
      },
      async findByUid(uid) {
        for (const [key, row] of rows()) {
          if (row.uid === uid && key.startsWith(`${model}:`)) return handOut(row);
        }
        return undefined;
      },
      async findByUserCode() {
        return undefined;
      },
      async consume(id) {
        const row = rows().get(keyOf(id));
        // The first use counts: a second one must not prolong the grace.
        if (row) row.consumed ??= clock.nowSeconds();
        store.touch();
      },
      async destroy(id) {
        rows().delete(keyOf(id));
        store.touch();
      },
      async revokeByGrantId(grantId) {
        for (const [key, row] of rows()) if (row.grantId === grantId) rows().delete(key);
        store.touch();
      },
    };
  };
}

function dropDeadRows(rows: Map<string, OAuthRow>, nowSeconds: number): void {
  for (const [key, { exp, consumed }] of rows) {
    const isOver = typeof exp === 'number' && exp < nowSeconds;
    const isReplaced = typeof consumed === 'number' && consumed + GRACE_SECONDS < nowSeconds;
    if (isOver || isReplaced) rows.delete(key);
  }
}

function offsetSeconds(clock: BankClock): number {
  return Math.floor(clock.offsetMs / 1000);
}

function shifted(row: OAuthRow, bySeconds: number): OAuthRow {
  const copy = { ...row };
  for (const name of TIMES) {
    const time = copy[name];
    if (typeof time === 'number') copy[name] = time + bySeconds;
  }
  return copy;
}
