import { Router } from 'express';
import { controlSection, faultsSection } from './home-control.js';
import { LEDGER_SCRIPT, ledgerSection } from './home-ledger.js';
import {
  cardsSection,
  connectSection,
  magicSection,
  membersSection,
  switchesSection,
} from './home-tables.js';
import { html } from './html.js';
import type { Page } from './page.js';
import { sendPage } from './send-page.js';

/** `/` explains the sandbox to who opens it in a browser, and shows what it holds. */
export function homeRoutes({ hasControl }: { readonly hasControl: boolean }): Router {
  const router = Router();
  router.get('/', (_req, res) => sendPage(res, homePage(hasControl)));
  return router;
}

function homePage(hasControl: boolean): Page {
  return {
    title: 'Welcome',
    ...(hasControl ? { script: LEDGER_SCRIPT } : {}),
    body: html`<main class="wide">
<h1>Sandbox bank</h1>
<p>An offline bank that speaks the HTTP contract of Qonto's Business API. No account and no money is real.</p>
<nav aria-label="On this page"><ul class="links">
<li><a href="/phone">A member's phone</a></li>
<li><a href="#connect">Connect</a></li>
<li><a href="#members">Members</a></li>
<li><a href="#magic">Magic payees</a></li>
<li><a href="#switches">Switches</a></li>
<li><a href="#control">Control API</a></li>
<li><a href="/openapi.json">OpenAPI</a></li>
</ul></nav>
${ledgerSection(hasControl)}
${connectSection()}
${membersSection()}
${magicSection()}
${cardsSection()}
${switchesSection()}
${controlSection(hasControl)}
${faultsSection()}
</main>`,
  };
}
