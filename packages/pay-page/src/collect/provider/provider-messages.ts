import type { ProviderStatus } from '@qonto-pay/shared';
import type { ResultText } from '@qonto-pay/widget/messages/view-messages';
import type { ProviderNotice } from '../../notices.js';

/** Every sentence about the connection to the provider: a company needs them once. */
export interface ProviderMessages {
  problems: Record<ProviderNotice, string>;
  states: Record<Exclude<ProviderStatus, 'enabled'>, ResultText>;
  form: {
    account: string;
    phone: string;
    phoneHint: string;
    description: string;
    counter: (count: number) => string;
    website: string;
    websiteHint: string;
    connect: string;
    connecting: string;
    goOn: string;
    noAccount: string;
  };
}
