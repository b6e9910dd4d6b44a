import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { smallTemplates, trustedTypesPolicy } from '../widget/vite-plugins.js';

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Vite's way of importing later is 1 kB of preloading styles and modules; this page has none to preload. */
const plainImports = (): Plugin => ({
  name: 'plain-imports',
  enforce: 'pre',
  load: (id) =>
    id === '\0vite/preload-helper.js'
      ? 'export const __vitePreload = (load) => load();'
      : undefined,
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        file.code = file.code
          .replace(/^const __vite__mapDeps=.*\n/, '')
          .replace(/,__vite__mapDeps\(\[[\d,]*\]\)/g, '');
        if (file.code.includes('__vite__mapDeps')) this.error('Vite lists its preloads otherwise');
      }
    },
  },
});

export default defineConfig({
  base: '/pay/assets/',
  // The BFF puts a fresh nonce in its place with each answer.
  html: { cspNonce: '__NONCE__' },
  plugins: [plainImports(), smallTemplates(), trustedTypesPolicy()],
  // Named, as a test runner's `NODE_ENV` would bring Lit's development build.
  resolve: { conditions: ['module', 'browser', 'production'] },
  build: {
    target: 'es2022',
    // Keeps `light-dark()`: the shared views need it natively anyway.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsDir: '',
    modulePreload: false,
    rolldownOptions: {
      input: { pay: file('pay.html'), opening: file('opening.html') },
    },
  },
});
