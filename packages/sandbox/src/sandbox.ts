import { createApp } from './app.js';
import { Bank } from './bank.js';
import { listen } from './listen.js';
import { createProvider } from './oauth/provider.js';
import { announceNews } from './webhooks/announce.js';

export interface SandboxOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly redirectUris?: readonly string[] | undefined;
  /** Keeps the bank's state in this file. */
  readonly stateFile?: string | undefined;
  /** The control API; on unless switched off. */
  readonly control?: boolean | undefined;
  /** Calls of programs need it in `X-Qonto-Staging-Token` when set. */
  readonly stagingToken?: string | undefined;
  /** The documented rate limits; off unless switched on. */
  readonly rateLimits?: boolean | undefined;
  readonly machineNow?: (() => number) | undefined;
}

export interface Sandbox {
  readonly url: string;
  readonly close: () => Promise<void>;
}

export const STANDARD_REDIRECT_URI = 'http://localhost:4100/oauth/callback/demo';

/** Starts a bank of its own on the machine's loopback address. */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const redirectUris = options.redirectUris ?? [STANDARD_REDIRECT_URI];
  const bank = new Bank({
    stateFile: options.stateFile,
    rateLimits: options.rateLimits ?? false,
    machineNow: options.machineNow ?? Date.now,
  });
  announceNews(bank);
  const { port, close } = await listen(options.port, (boundPort) => {
    const provider = createProvider(bank, {
      issuer: `http://localhost:${boundPort}`,
      redirectUris,
    });
    return createApp({
      ...{ bank, provider, redirectUris },
      stagingToken: options.stagingToken,
      hasControl: options.control ?? true,
    });
  });
  return {
    url: `http://localhost:${port}`,
    close: async () => {
      await close();
      bank.close();
    },
  };
}
