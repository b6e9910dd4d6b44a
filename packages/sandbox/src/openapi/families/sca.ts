import type { Operation } from '../operation.js';
import { answered, constant, either, nullable, oneOf, time } from '../schema.js';

const session = answered({
  result: oneOf('waiting', 'allow', 'deny'),
  // Empty or null while nobody has refused (facts 3.4).
  canceled_at: either(nullable(time), constant('')),
});

/** Facts 3.4, 3.6. */
export const scaOperations: readonly Operation[] = [
  {
    ...{ method: 'get', path: '/v2/sca_sessions/{token}', facts: '3.4' },
    summary: 'Whether the member has answered on their device; at most once a second',
    answers: { 200: session },
  },
  {
    ...{ method: 'get', path: '/v2/mocked_sca_sessions/{token}', facts: '3.6', scope: null },
    summary: 'The same, of a session with the preference "mock"',
    answers: { 200: session },
  },
  ...(['allow', 'deny'] as const).map(
    (decision): Operation => ({
      ...{ method: 'post', path: `/v2/mocked_sca_sessions/{token}/${decision}`, facts: '3.6' },
      scope: null,
      summary: 'Answers in the place of the member',
      answers: { 200: answered({ message: constant('Success') }) },
      refusals: [413, 422],
    }),
  ),
];
