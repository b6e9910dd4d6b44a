import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/**
 * Lit makes its Trusted Types policy under the name "lit-html"; our CSP allows `qonto-pay` only, and
 * once. The build fails when Lit's own line is not found where it was.
 */
function trustedTypesPolicy(): Plugin {
  const creation = /(\w+)\.createPolicy\((["'])lit-html\2,\s*(\{[^}]*\})\s*\)/;
  let renamed = 0;
  return {
    name: 'trusted-types-policy',
    enforce: 'pre',
    apply: 'build',
    transform(code, id) {
      if (!/\/lit-html\/(development\/)?lit-html\.js/.test(id)) return undefined;
      const memoised = code.replace(creation, (_found, types: string, _quote, rules: string) => {
        renamed += 1;
        return `(globalThis[Symbol.for('qonto-pay')]??=${types}.createPolicy('qonto-pay',${rules}))`;
      });
      return { code: memoised, map: null };
    },
    generateBundle() {
      if (renamed !== 1) this.error(`Lit's policy was renamed ${renamed} times, expected once`);
    },
  };
}

export default defineConfig({
  base: '/pay/assets/',
  // The BFF puts a fresh nonce in its place with each answer.
  html: { cspNonce: '__NONCE__' },
  plugins: [trustedTypesPolicy()],
  build: {
    target: 'es2022',
    // Keeps `light-dark()`: the shared views need it natively anyway.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsDir: '',
    modulePreload: false,
    rolldownOptions: { input: { pay: file('pay.html'), opening: file('opening.html') } },
  },
});
