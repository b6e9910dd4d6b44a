import { createSandbox } from './sandbox.js';
import { settingsFrom } from './settings.js';

try {
  const sandbox = await createSandbox(settingsFrom(process.env));
  console.log(`The sandbox bank listens on ${sandbox.url}`);
  const stop = () => void sandbox.close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  if (process.send) {
    // Started by a program: it ends with it, and tells it that it is ready.
    process.once('disconnect', stop);
    process.send({ url: sandbox.url });
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
