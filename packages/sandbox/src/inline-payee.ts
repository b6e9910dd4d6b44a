/** Somebody named in an order itself. */
export interface InlinePayee {
  readonly known?: undefined;
  readonly name: string;
  readonly iban: string;
  readonly bic: string | null;
  readonly email: string | null;
  readonly activityTag: string;
}
