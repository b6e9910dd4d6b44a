import path from 'node:path';

export interface DemoConfig {
  port: number;
  /** Where visitors find this site when they do not come by `localhost`. */
  siteUrl: string;
  /** Where browsers find the payment service. */
  bffUrl: string;
  /** Where this server finds it: `pay.localhost` is a name that browsers know, but not every resolver. */
  bffApiUrl: string;
  sandboxUrl: string;
  partnerSecret: string;
  dataDir: string;
}

/** Reads the environment once; every value has the default of a local demo. */
export function readConfig(env: NodeJS.ProcessEnv): DemoConfig {
  const port = Number(env.PORT ?? 4000);
  const bffUrl = origin(env.BFF_URL ?? 'http://localhost:4100', 'BFF_URL');
  return {
    port,
    siteUrl: origin(env.DEMO_URL ?? `http://localhost:${port}`, 'DEMO_URL'),
    bffUrl,
    bffApiUrl: origin(env.BFF_API_URL ?? bffUrl, 'BFF_API_URL'),
    sandboxUrl: origin(env.SANDBOX_URL ?? 'http://localhost:4200', 'SANDBOX_URL'),
    partnerSecret: env.DEMO_PARTNER_SECRET ?? 'demo-partner-secret',
    dataDir: path.resolve(env.DATA_DIR ?? '.data'),
  };
}

function origin(url: string, variable: string): string {
  if (!URL.canParse(url)) throw new Error(`${variable} is "${url}", but must be a URL.`);
  return new URL(url).origin;
}
