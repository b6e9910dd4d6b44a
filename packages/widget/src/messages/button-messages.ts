/** Texts of the button, there from the first paint. A pair stands around the amount. */
export interface ButtonMessages {
  pay: readonly [before: string, after: string];
  payMany: (count: number) => readonly [before: string, after: string];
  payPlain: string;
  opening: string;
  paid: string;
  partially_settled: string;
  'in-progress': string;
  withdrawn: string;
  lapsed: string;
}
