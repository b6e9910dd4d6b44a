import type { DemoConfig } from './config.js';
import type { endingsReader } from './endings.js';
import type { PartnerApi } from './partner-api.js';

/** What the pages of the site share. */
export interface SiteParts {
  config: DemoConfig;
  api: PartnerApi;
  readEndings: ReturnType<typeof endingsReader>;
  now: () => Date;
}
