/**
 * One idempotency key for each review that was shown: a double click or a retry after a lost answer
 * sends it again, so the BFF sees one confirmation. A new payment of the same review gets a new one.
 */
export class ConfirmationKeys {
  #version: number | undefined;
  #key = '';

  keyFor(reviewVersion: number): string {
    if (this.#version !== reviewVersion) {
      this.#version = reviewVersion;
      this.#key = crypto.randomUUID();
    }
    return this.#key;
  }

  /** The BFF has the confirmation, so the key has done its work. */
  renew(): void {
    this.#version = undefined;
  }
}
