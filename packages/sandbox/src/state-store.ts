import type { BankState } from './state.js';
import type { StateFile } from './state-file.js';

/** Holds the bank's one state, tells who listens when it has changed, and keeps it in a file where asked. */
export class StateStore {
  readonly #initialState: () => BankState;
  readonly #file: StateFile | undefined;
  readonly #listeners = new Set<() => void>();
  #current: BankState;
  #isDirty = false;
  #isUrgent = false;
  #isClosed = false;
  #writeTimer: NodeJS.Timeout | undefined;

  constructor(initialState: () => BankState, file?: StateFile) {
    this.#initialState = initialState;
    this.#file = file;
    // What an older version did not know yet starts as on the first day.
    this.#current = { ...initialState(), ...file?.read() };
  }

  get current(): BankState {
    return this.#current;
  }

  /** Call after every change. It is in the file before the answer that tells of it leaves. */
  touch(): void {
    this.#isDirty = true;
    this.#isUrgent = true;
    for (const listener of this.#listeners) listener();
    if (this.#file && !this.#writeTimer) {
      this.#writeTimer = setTimeout(() => this.flush(), 100);
    }
  }

  /** For what nobody is promised, such as a counter: written with the next change or within a second. */
  touchLazily(): void {
    this.#isDirty = true;
    if (this.#file && !this.#writeTimer) {
      this.#writeTimer = setTimeout(() => this.flush(), 1000).unref();
    }
  }

  /** To be called before an answer leaves. */
  flushUrgent(): void {
    if (this.#isUrgent) this.flush();
  }

  flush(): void {
    clearTimeout(this.#writeTimer);
    this.#writeTimer = undefined;
    if (!this.#isDirty || this.#isClosed) return;
    this.#isDirty = false;
    this.#isUrgent = false;
    this.#file?.write(this.#current);
  }

  /** Ends all writing; for a bank that closes. */
  close(): void {
    this.flush();
    this.#isClosed = true;
    this.#listeners.clear();
  }

  reset(): void {
    this.#current = this.#initialState();
    this.touch();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
