import type { Contract } from './contract.js';

const LOOPBACK = /^(?:[\w-]+\.)*localhost$|^127\.0\.0\.1$/;
const watched = new Map<string, Contract>();
const realFetch = globalThis.fetch;

/** Every answer from here is held against the document from now on. */
export function watch(origin: string, contract: Contract): void {
  watched.set(origin, contract);
}

/** All other network is refused, and what our own service answers is checked on its way. */
globalThis.fetch = async (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input);
  if (!LOOPBACK.test(url.hostname)) throw new Error(`tests do not call ${url.hostname}`);
  const answer = await realFetch(input, init);
  const contract = watched.get(url.origin);
  const method = (init?.method ?? 'GET').toUpperCase();
  await contract?.check({ method, path: url.pathname }, answer);
  return answer;
};
