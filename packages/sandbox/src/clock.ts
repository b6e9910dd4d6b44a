/** The bank's clock: the machine's time plus what the control API has added. It only moves ahead. */
export class BankClock {
  readonly #machineNow: () => number;
  #offsetMs = 0;

  constructor(machineNow: () => number) {
    this.#machineNow = machineNow;
  }

  now(): number {
    return this.#machineNow() + this.#offsetMs;
  }

  nowSeconds(): number {
    return Math.floor(this.now() / 1000);
  }

  get offsetMs(): number {
    return this.#offsetMs;
  }

  advance(ms: number): void {
    this.#offsetMs += ms;
  }

  /** Only for a reset and for a restart from the state file. */
  setOffset(ms: number): void {
    this.#offsetMs = ms;
  }
}
