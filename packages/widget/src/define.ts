import { QontoPayButton } from './qonto-pay-button.js';

const NAME = 'qonto-pay-button';

const first: (CustomElementConstructor & { version?: string }) | undefined =
  customElements.get(NAME);
if (!first) customElements.define(NAME, QontoPayButton);
else console.warn(`<${NAME}> ${QontoPayButton.version} is ignored: ${first.version} came first.`);
