import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// The least that a server can do for a poll: the same JSON, and no question asked.
const server = createServer((_req, res) => {
  const body = JSON.stringify({ result: 'waiting', canceled_at: '' });
  res.setHeader('Content-Type', 'application/json; charset=utf-8');
  res.setHeader('Content-Length', Buffer.byteLength(body));
  res.end(body);
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ url: `http://127.0.0.1:${port}` });
});
process.once('disconnect', () => process.exit(0));
