import type { Plugin } from 'vite';

const LATER = '?later';
const FROM_BUTTON = '\0from-button';
/** What the later part takes from the button's own file, by the names that `bundle.ts` gives. */
const SHARED = /^lit$|\/(tokens\.styles|language)\.js$/;
const BOTH_LANGUAGES = '/both-languages.js';
const NOTHING = '\0nothing';

/**
 * The parts that are loaded later get Lit and the tokens from the button and copies (`?later`) of
 * other modules, so that they never import the entry back.
 */
export function laterParts(entries: RegExp): Plugin {
  return {
    name: 'later-parts',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!importer?.endsWith(LATER) && !entries.test(source)) return undefined;
      if (SHARED.test(source)) return FROM_BUTTON;
      if (source.endsWith(BOTH_LANGUAGES)) return NOTHING;
      const resolved = await this.resolve(source, importer?.replace(LATER, ''), { skipSelf: true });
      return resolved && `${resolved.id}${LATER}`;
    },
    load(id) {
      if (id === NOTHING) return '';
      if (id !== FROM_BUTTON) return undefined;
      return `export const { buttonTokens, css, html, languageOf, LitElement, nearestLang, nothing } = globalThis[Symbol.for('qonto-pay.shared')];`;
    },
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === 'chunk' && !file.isEntry && file.imports.length > 0)
          this.error(`${file.fileName} must not import ${file.imports.join(', ')}`);
      }
    },
  };
}

/**
 * Lit's Trusted Types policy under our name, made once per page: the same script may run a second
 * time, and a policy's name may be taken only once.
 */
export function trustedTypesPolicy(): Plugin {
  let renamed = 0;
  return {
    name: 'trusted-types-policy',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/lit-html\/(development\/)?lit-html\.js/.test(id)) return undefined;
      const renamedCode = code.replace(
        /(\w+)\.createPolicy\((["'])lit-html\2,(\s*\{[^{}]*\})\)/,
        (_match, trustedTypes: string, _quote, rules: string) => {
          renamed += 1;
          return `(globalThis[Symbol.for("qonto-pay.policy")]??=${trustedTypes}.createPolicy("qonto-pay",${rules}))`;
        },
      );
      return { code: renamedCode, map: null };
    },
    generateBundle() {
      if (renamed !== 1) this.error(`Lit's policy was renamed ${renamed} times, not once`);
    },
  };
}

/** White space in `css` and `html` templates is for us; the minifier takes it for text. */
export function smallTemplates(): Plugin {
  return {
    name: 'small-templates',
    transform(code, id) {
      if (!/\/src\/.*\.ts(\?later)?$/.test(id)) return undefined;
      const smaller = code.replace(/\bcss`[^`]*`/g, (text) =>
        text
          .replace(/\s+/g, ' ')
          .replace(/ ?([{};:,]) /g, '$1')
          .replaceAll(';}', '}'),
      );
      return { code: smaller, map: null };
    },
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        // Minified code has no line breaks but those of templates.
        if (file.type === 'chunk')
          file.code = file.code.replace(/\s*\n\s*/g, ' ').replace(/(`|>) (?=<)/g, '$1');
      }
    },
  };
}

/** Hooks of Lit's for polyfills and server rendering, which this script never meets. */
export function noPolyfillHooks(): Plugin {
  return {
    name: 'no-polyfill-hooks',
    transform(code, id) {
      if (!/\/(lit-html|lit-element|reactive-element)\.js$/.test(id)) return undefined;
      const smaller = code
        .replace(/\w+\.\w+(Polyfill|Hydrate)Support/g, 'undefined')
        .replace(/\((\w+\.\w+Versions)\?\?=\[\]\)\.push\("[\d.]+"\)/g, '0');
      return { code: smaller, map: null };
    },
  };
}

/** Lit's way of making style sheets, replaced by one for the browsers we serve. */
export function adoptedCss(file: string): Plugin {
  return {
    name: 'adopted-css',
    enforce: 'pre',
    resolveId: (source, importer) =>
      source.endsWith('/css-tag.js') && importer?.includes('@lit') ? file : undefined,
  };
}
