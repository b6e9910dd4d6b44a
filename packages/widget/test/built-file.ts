import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'vite';

const CSP =
  "script-src 'self'; connect-src 'self'; style-src 'none'; trusted-types qonto-pay; require-trusted-types-for 'script'";

/** The page of a partner with the strictest policy: no inline style, no inline script, no other policy. */
const page = (script: string): string => `<!doctype html>
<html lang="en"><head><title>An invoice</title>
<script src="/strict/watch.js"></script>
${script
  .split(',')
  .map((source) => `<script type="module" src="/strict/${source}"></script>`)
  .join('\n')}
</head><body></body></html>`;

const WATCH = `globalThis.violations = []; globalThis.warnings = [];
document.addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective + ' ' + event.blockedURI));
console.warn = (text) => warnings.push(text);
addEventListener('error', (event) => violations.push(event.message));`;

const EARLY = `const element = document.createElement('qonto-pay-button');
element.amount = '7.00';
document.body.append(element);`;

/** Builds the script that partners load, in memory, and serves it below `/strict/`. */
export function builtFile(): Plugin {
  let files: Promise<Map<string, string>> | undefined;
  const serve = async (url: URL): Promise<[type: string, body: string] | undefined> => {
    files ??= buildInMemory();
    const name = url.pathname.slice('/strict/'.length);
    if (name === 'page') return ['text/html', page(url.searchParams.get('scripts') ?? '')];
    if (name === 'watch.js') return ['text/javascript', WATCH];
    if (name === 'early.js') return ['text/javascript', EARLY];
    if (name === 'sizes.json') return ['application/json', JSON.stringify(sizes(await files))];
    const code = (await files).get(name);
    return code === undefined ? undefined : ['text/javascript', code];
  };
  return {
    name: 'built-file',
    configureServer({ middlewares }) {
      middlewares.use(async (request, response, next) => {
        const url = new URL(request.url ?? '/', 'http://localhost');
        const isOurs = url.pathname.startsWith('/strict/');
        if (isOurs && url.pathname.endsWith('/moved.js')) {
          response.writeHead(302, { location: '/strict/qonto-pay-button.js' }).end();
          return;
        }
        const [type, body] = (isOurs && (await serve(url))) || [];
        if (!type) return next();
        response.setHeader('content-type', type);
        response.setHeader('content-security-policy', CSP);
        response.end(body);
      });
    },
  };
}

async function buildInMemory(): Promise<Map<string, string>> {
  const root = path.resolve(import.meta.dirname, '..');
  const result = await build({
    root,
    configFile: path.join(root, 'vite.config.ts'),
    logLevel: 'warn',
    build: { write: false },
  });
  const outputs = [result].flat().flatMap((one) => ('output' in one ? one.output : []));
  return new Map(
    outputs.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file.code] as const] : [])),
  );
}

const sizes = (files: Map<string, string>): Record<string, number> =>
  Object.fromEntries(
    [...files].map(([name, code]) => [name, gzipSync(code, { level: 9 }).length] as const),
  );
