/** The bank says no: thrown by a handler, answered in its envelope with the trace id. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: Record<string, unknown>;

  constructor(status: number, body: Record<string, unknown>) {
    super(`the bank refuses with ${status}`);
    this.status = status;
    this.body = body;
  }
}

/** Where in the request the reason stands. */
export interface RefusalSource {
  readonly pointer?: string;
  readonly parameter?: string;
}

/** The usual envelope, `{errors: [{code, detail, source}]}` (facts 5.1). */
export function refusal(
  status: number,
  code: string,
  detail: string,
  source?: RefusalSource,
): Refusal {
  return new Refusal(status, { errors: [source ? { code, detail, source } : { code, detail }] });
}

export function notFound(what: string): Refusal {
  return refusal(404, 'not_found', `${what} not found`);
}
