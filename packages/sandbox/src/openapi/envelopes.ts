import { answered, constant, either, listOf, oneOf, type Schema, text } from './schema.js';

const trace = { trace_id: text };

/** The norm (facts 5.1). */
export const errors = answered({
  errors: listOf(
    answered({
      code: text,
      detail: text,
      'source?': answered({ 'pointer?': text, 'parameter?': text }),
      'meta?': { type: 'object' },
    }),
    { minItems: 1 },
  ),
  ...trace,
});

/** Here `errors` is an object: the token belongs to another request (facts 3.4). */
const notThisRequest = answered({ errors: answered({ message: constant('Not found') }), ...trace });

export const validation: Schema = either(errors, notThisRequest);

/** Both flat shapes of 428 (facts 3.3). */
export const challenge: Schema = either(
  answered({
    action_type: text,
    code: constant('sca_required'),
    message: oneOf('SCA required', 'Passkey verification required'),
    sca_recovery_token: text,
    sca_session_token: { type: 'string', pattern: '^[A-Za-z0-9_-]{64}$' },
    ...trace,
  }),
  answered({
    code: constant('sca_not_enrolled'),
    message: constant('You must enable SCA to perform this action'),
    ...trace,
  }),
);

/** The session is over or was refused (facts 3.4). */
export const sessionOver = answered({ code: text, message: text, ...trace });

/** A limit, or the idempotency layer's own bare answer (facts 5.2). */
export const tooMany: Schema = either(
  errors,
  answered({ error: constant('Concurrent requests detected') }),
);

/** The OAuth server's (facts 5.1). */
export const oauthError = answered({ error: text, 'error_description?': text });
