import type { Operation } from '../operation.js';
import { answered, constant, sent, text, whole } from '../schema.js';

const FORM = 'application/x-www-form-urlencoded';
const client = { client_id: text, client_secret: text };

/** Facts 2.1, 2.2. */
export const oauthOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/oauth2/auth',
    summary: 'Asks the member, in their browser',
    facts: '2.1',
    family: 'browser',
    query: [
      ...['client_id', 'redirect_uri', 'response_type', 'scope', 'state'].map((name) => ({
        ...{ name, schema: text, isRequired: true },
      })),
      ...['organization_id', 'registration_id', 'code_challenge', 'code_challenge_method'].map(
        (name) => ({ name, schema: text }),
      ),
    ],
    answers: { 302: null, 303: null },
  },
  {
    method: 'post',
    path: '/oauth2/token',
    summary: 'Exchanges a code or a refresh token',
    facts: '2.2',
    family: 'oauth',
    bodyType: FORM,
    body: sent({
      grant_type: { enum: ['authorization_code', 'refresh_token'] },
      ...client,
      'code?': text,
      'redirect_uri?': text,
      'code_verifier?': text,
      'refresh_token?': text,
    }),
    answers: {
      200: answered({
        access_token: text,
        expires_in: whole,
        'id_token?': text,
        'refresh_token?': text,
        scope: text,
        token_type: constant('bearer'),
      }),
    },
  },
  {
    method: 'post',
    path: '/oauth2/revoke',
    summary: 'Withdraws a token',
    facts: '2.2',
    family: 'oauth',
    bodyType: FORM,
    body: sent({ ...client, token: text }),
    answers: { 200: null },
  },
];
