import type { Plugin } from 'vite';

/** Marks a module as the copy that belongs to one of the parts. */
const PART = /\?part=.*$/;
const FROM_BUTTON = '\0from-button';
/** What a part takes from the button's own file, by the names that `bundle.ts` gives. */
const SHARED = /^lit$|\/(tokens\.styles|language)\.js$/;

/**
 * Each part that is loaded later gets Lit and the tokens from the button, and its own copy of every
 * other module, so that it imports no other file: neither the entry nor another part.
 */
export function laterParts(entries: RegExp): Plugin {
  return {
    name: 'later-parts',
    enforce: 'pre',
    async resolveId(source, importer) {
      const [, entry] = entries.exec(source) ?? [];
      const part = entry ? `?part=${entry.replace('.', '-')}` : PART.exec(importer ?? '')?.[0];
      if (!part) return undefined;
      if (SHARED.test(source)) return FROM_BUTTON + part;
      const resolved = await this.resolve(source, importer?.replace(PART, ''), { skipSelf: true });
      return resolved && resolved.id + part;
    },
    load(id) {
      if (!id.startsWith(FROM_BUTTON)) return undefined;
      return `export const { buttonTokens, css, html, languageAt, LitElement, nothing } = globalThis[Symbol.for('qonto-pay.shared')];`;
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

/**
 * What Lit reads from the page and leaves on it: hooks for polyfills and for hydration, which the
 * browsers we serve do not need, and versions, by which a page's own Lit would warn of ours.
 */
export function noLitGlobals(): Plugin {
  let count = 0;
  return {
    name: 'no-lit-globals',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/(lit-html|lit-element|reactive-element)\.js/.test(id)) return undefined;
      const without = code.replace(
        /\b\w+\.\w+(Polyfill|Hydrate)Support\b|\(\w+\.\w+Versions\?\?=\[\]\)\.push\("[\d.]+"\)/g,
        () => {
          count += 1;
          return '(void 0)';
        },
      );
      return { code: without, map: null };
    },
    generateBundle() {
      if (count !== 7) this.error(`Lit has ${count} globals, not seven`);
    },
  };
}

/** White space in `css` and `html` templates is for us; the minifier takes it for text. */
export function smallTemplates(): Plugin {
  return {
    name: 'small-templates',
    transform(code, id) {
      if (!/\/src\/.*\.ts(\?|$)/.test(id)) return undefined;
      // The minifier writes it as a break, which `generateBundle` would take for white space.
      if (code.includes(String.raw`\n`)) this.error('A line break in a string would be lost');
      const smaller = code.replace(/\bcss`[^`]*`/g, (text) =>
        text
          .replace(/\s+/g, ' ')
          .replace(/ ?([{};:,`]) /g, '$1')
          .replace(/\b0\./g, '.')
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

/** Lit's way of making style sheets, replaced by one for the browsers we serve. */
export function adoptedCss(file: string): Plugin {
  return {
    name: 'adopted-css',
    enforce: 'pre',
    resolveId: (source, importer) =>
      source.endsWith('/css-tag.js') && importer?.includes('@lit') ? file : undefined,
  };
}
