import type { Plugin } from 'vite';

/** `@open-wc/testing` asks for the socket of another test runner; there is none here. */
export const noWebTestRunner = (): Plugin => {
  const id = '__web-dev-server__web-socket.js';
  return {
    name: 'no-web-test-runner',
    enforce: 'pre',
    resolveId: (source) => (source.endsWith(id) ? `\0${id}` : undefined),
    load: (source) =>
      source === `\0${id}` ? 'export const sendMessageWaitForResponse = undefined;' : undefined,
  };
};
