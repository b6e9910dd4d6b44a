import { ConfigError, readConfig } from './config.js';
import { startService } from './service.js';

/** Under a supervisor that gives 30 s: what has not ended by then is found again at the start. */
const DRAIN_MS = 28_000;

try {
  const config = readConfig(process.env);
  const service = await startService(config);
  process.send?.('ready');
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), DRAIN_MS).unref();
    void service.close().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // Started by another program of ours: without it nobody would end us.
  process.on('disconnect', stop);
} catch (error) {
  console.error(explain(error));
  process.exit(1);
}

function explain(error: unknown): string {
  if (error instanceof ConfigError) return `The configuration is wrong. ${error.message}`;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `Port ${process.env.PORT ?? 4100} is taken. Set PORT to another one.`;
  }
  return `The service did not start: ${error instanceof Error ? error.stack : String(error)}`;
}
