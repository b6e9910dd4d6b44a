import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BankState } from './state.js';

const VERSION = 1;

/** The bank's state as one JSON file, replaced whole: a kill at any moment leaves the old or the new one. */
export class StateFile {
  readonly #path: string;

  constructor(filePath: string) {
    this.#path = filePath;
    mkdirSync(path.dirname(path.resolve(filePath)), { recursive: true });
  }

  read(): BankState | undefined {
    const text = this.#textOrNothing();
    if (text === undefined) return undefined;
    try {
      const saved = JSON.parse(text, revive) as { version: number; state: BankState };
      if (saved.version === VERSION) return saved.state;
    } catch (cause) {
      throw new Error(this.#unreadable(), { cause });
    }
    throw new Error(this.#unreadable());
  }

  write(state: BankState): void {
    const part = `${this.#path}.${process.pid}.part`;
    writeFileSync(part, JSON.stringify({ version: VERSION, state }, replace), { mode: 0o600 });
    renameSync(part, this.#path);
  }

  #textOrNothing(): string | undefined {
    try {
      return readFileSync(this.#path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  #unreadable(): string {
    return `SANDBOX_STATE: ${this.#path} is not a state of this version; delete it to start anew`;
  }
}

function replace(_key: string, value: unknown): unknown {
  return value instanceof Map ? { $map: [...value] } : value;
}

function revive(_key: string, value: unknown): unknown {
  const isMap = typeof value === 'object' && value !== null && '$map' in value;
  return isMap ? new Map(value.$map as [unknown, unknown][]) : value;
}
