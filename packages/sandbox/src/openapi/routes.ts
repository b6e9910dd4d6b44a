import { Router } from 'express';
import { openApiDocument } from './document.js';

/** `/openapi.json`: what the bank speaks, for tools that read it. */
export function openApiRoutes(): Router {
  const router = Router();
  router.get('/openapi.json', (_req, res) => void res.json(openApiDocument));
  return router;
}
