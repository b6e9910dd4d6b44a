import type { ProviderWords } from '@qonto-pay/shared/link-words/provider-words';
import type { ProviderNotice } from '../../notices.js';

/** Every sentence about the connection to the provider; loaded where it is missing. */
export interface ProviderMessages extends ProviderWords {
  problems: Record<ProviderNotice, string>;
  counter: (count: number) => string;
  connecting: string;
}
