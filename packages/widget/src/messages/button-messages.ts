import type { TemplateResult } from 'lit';

/** Texts of the button, there from the first paint. */
export interface ButtonMessages {
  /** `amount` may be missing: the words around it stand alone, too. */
  pay: (amount: unknown) => TemplateResult;
  payMany: (count: number) => string;
  collect: string;
  opening: string;
  paid: string;
  'in-progress': string;
  withdrawn: string;
  lapsed: string;
}
