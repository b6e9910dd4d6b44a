import { randomUUID } from 'node:crypto';
import type { BankClock } from './clock.js';
import type { InlinePayee } from './inline-payee.js';
import type { NewsDesk } from './news.js';
import type { Beneficiary } from './state.js';
import type { StateStore } from './state-store.js';

/** Who is paid: somebody the organisation knows, or somebody new. */
export type Payee = { readonly known: Beneficiary } | InlinePayee;

/** The payees that each organisation knows. */
export class BeneficiaryBook {
  readonly #store: StateStore;
  readonly #clock: BankClock;
  readonly #news: NewsDesk;

  constructor(parts: {
    readonly store: StateStore;
    readonly clock: BankClock;
    readonly news: NewsDesk;
  }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#news = parts.news;
  }

  find(organizationId: string, id: string): Beneficiary | undefined {
    const beneficiary = this.#store.current.beneficiaries.get(id);
    return beneficiary?.organizationId === organizationId ? beneficiary : undefined;
  }

  findByIban(organizationId: string, iban: string): Beneficiary | undefined {
    for (const beneficiary of this.#store.current.beneficiaries.values()) {
      if (beneficiary.iban === iban && beneficiary.organizationId === organizationId) {
        return beneficiary;
      }
    }
    return undefined;
  }

  /** An inline payee overwrites the stored name of its IBAN, else becomes a new untrusted one (facts 4.4). */
  learn(organizationId: string, payee: InlinePayee): Beneficiary {
    const { name, iban, bic, email } = payee;
    const stored = this.findByIban(organizationId, iban);
    if (stored) {
      stored.name = name;
      stored.bic = bic ?? stored.bic;
      stored.email = email ?? stored.email;
      stored.updatedAt = this.#clock.now();
      this.#news.tell({ kind: 'beneficiary', event: 'updated', beneficiary: stored });
      this.#store.touch();
      return stored;
    }
    return this.#enter(organizationId, payee, 'validated');
  }

  /** Somebody new on purpose: pending until the first use (facts 4.2). */
  add(organizationId: string, payee: InlinePayee): Beneficiary {
    return this.#enter(organizationId, payee, 'pending');
  }

  change(
    beneficiary: Beneficiary,
    changes: Partial<Pick<Beneficiary, 'name' | 'email' | 'activityTag' | 'trusted' | 'status'>>,
  ): void {
    Object.assign(beneficiary, changes);
    beneficiary.updatedAt = this.#clock.now();
    this.#news.tell({ kind: 'beneficiary', event: 'updated', beneficiary });
    this.#store.touch();
  }

  #enter(
    organizationId: string,
    { name, iban, bic, email, activityTag }: InlinePayee,
    status: Beneficiary['status'],
  ): Beneficiary {
    const now = this.#clock.now();
    const fresh: Beneficiary = {
      id: randomUUID(),
      ...{ organizationId, iban, name, bic, email, activityTag, status },
      trusted: false,
      createdAt: now,
      updatedAt: now,
    };
    this.#store.current.beneficiaries.set(fresh.id, fresh);
    this.#news.tell({ kind: 'beneficiary', event: 'created', beneficiary: fresh });
    this.#store.touch();
    return fresh;
  }
}
