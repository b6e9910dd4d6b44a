import express, { type RequestHandler } from 'express';

const HASHED = /-[\w-]{8}\.(?:js|css)$/;
const IMMUTABLE = 'public, max-age=31536000, immutable';

/** The widget's files, for pages of any origin: modules are fetched with CORS. */
export function widgetFiles(directory: string): RequestHandler {
  return express.static(directory, {
    index: false,
    etag: true,
    setHeaders(res, path) {
      res.setHeader('Access-Control-Allow-Origin', '*');
      res.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
      res.setHeader('Cache-Control', HASHED.test(path) ? IMMUTABLE : 'public, max-age=300');
    },
  });
}

/** Scripts and styles of our own pages; the HTML itself is never served as a file. */
export function pageAssets(directory: string): RequestHandler {
  const files = express.static(directory, {
    index: false,
    etag: true,
    setHeaders(res, path) {
      res.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
      res.setHeader('Cache-Control', HASHED.test(path) ? IMMUTABLE : 'public, max-age=300');
    },
  });
  return (req, res, next) => (req.path.endsWith('.html') ? next() : files(req, res, next));
}
