import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import {
  adoptedCss,
  laterParts,
  noLitGlobals,
  smallTemplates,
  trustedTypesPolicy,
} from './vite-plugins.js';

const widgetPlugins = (): Plugin[] => [
  laterParts(/\/(later|later\.\w+|bulk-progress|collect-part|link-qr)\.js$/),
  adoptedCss(fileURLToPath(new URL('src/adopted-css.ts', import.meta.url))),
  smallTemplates(),
  noLitGlobals(),
  trustedTypesPolicy(),
];

// A default export, as Vite demands. Lib mode leaves Vite's 1 kB of preloading out.
export default defineConfig({
  base: './',
  plugins: widgetPlugins(),
  // Lit's production files, whatever NODE_ENV says.
  resolve: { conditions: ['module', 'browser', 'production'] },
  build: {
    target: 'es2022',
    modulePreload: false,
    lib: {
      entry: { 'qonto-pay-button': 'src/bundle.ts' },
      formats: ['es'],
      fileName: (_format, name) => `${name}.js`,
    },
    rolldownOptions: {
      output: { chunkFileNames: 'chunks/[name]-[hash].js', minify: true, comments: false },
    },
  },
});
