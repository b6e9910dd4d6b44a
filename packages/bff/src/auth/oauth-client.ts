import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretPost,
  Configuration,
  calculatePKCECodeChallenge,
  customFetch,
  ResponseBodyError,
  refreshTokenGrant,
  type TokenEndpointResponse,
} from 'openid-client';
import { BankUnavailableError } from '../payments/errors.js';

export interface OAuthClientOptions {
  /** Such as `https://oauth.qonto.com/oauth2`: Qonto has no discovery. */
  oauthUrl: string;
  clientId: string;
  clientSecret: string;
  redirectUri: string;
  stagingToken?: string | undefined;
  timeoutMs?: number;
  fetch?: typeof fetch;
}

export interface OAuthTokens {
  accessToken: string;
  accessLifetimeMs: number;
  refreshToken: string | undefined;
  scopes: string | undefined;
}

/** The authorization server said no, with this OAuth error code. */
export class OAuthRefusedError extends Error {
  override readonly name = 'OAuthRefusedError';
  readonly code: string;

  constructor(code: string) {
    super('The authorization server refused');
    this.code = code;
  }
}

const LOOPBACK = /^(localhost|.+\.localhost|127\.0\.0\.1|\[::1\])$/;
/** What Qonto documents, for an answer that does not say. */
const ACCESS_LIFETIME_S = 3_600;

/** Qonto's OAuth server, as one partner's application. */
export class OAuthClient {
  readonly #configuration: Configuration;
  readonly #origin: string;
  readonly #redirectUri: string;

  constructor(options: OAuthClientOptions) {
    const { protocol, hostname, origin } = new URL(options.oauthUrl);
    if (protocol !== 'https:' && !LOOPBACK.test(hostname)) {
      throw new Error('QONTO_OAUTH_URL must be https, or http on this machine');
    }
    this.#origin = origin;
    this.#redirectUri = options.redirectUri;
    this.#configuration = configure(options);
    if (protocol === 'http:') allowInsecureRequests(this.#configuration);
  }

  async authorizationUrl(request: {
    state: string;
    verifier: string;
    scopes: string;
  }): Promise<string> {
    const url = buildAuthorizationUrl(this.#configuration, {
      redirect_uri: this.#redirectUri,
      scope: request.scopes,
      state: request.state,
      code_challenge: await calculatePKCECodeChallenge(request.verifier),
      code_challenge_method: 'S256',
    });
    return url.href;
  }

  /** Exchanges the code of a callback. Only its query is used: the address is ours to say. */
  async exchange(
    query: URLSearchParams,
    expected: { state: string; verifier: string },
  ): Promise<OAuthTokens> {
    const current = new URL(this.#redirectUri);
    for (const [name, value] of query) current.searchParams.append(name, value);
    this.#checkIssuer(current.searchParams);
    return tokensOf(
      authorizationCodeGrant(this.#configuration, current, {
        expectedState: expected.state,
        pkceCodeVerifier: expected.verifier,
      }),
    );
  }

  async refresh(refreshToken: string): Promise<OAuthTokens> {
    return tokensOf(refreshTokenGrant(this.#configuration, refreshToken));
  }

  /** Qonto publishes no issuer. If it begins to send one, it must at least be of the same origin. */
  #checkIssuer(query: URLSearchParams): void {
    for (const issuer of query.getAll('iss')) {
      if (!URL.canParse(issuer) || new URL(issuer).origin !== this.#origin) {
        throw new OAuthRefusedError('wrong_issuer');
      }
    }
    query.delete('iss');
  }
}

function configure(options: OAuthClientOptions): Configuration {
  const { oauthUrl, clientId, clientSecret, stagingToken } = options;
  const base = oauthUrl.replace(/\/$/, '');
  const configuration = new Configuration(
    {
      issuer: new URL(oauthUrl).origin,
      authorization_endpoint: `${base}/auth`,
      token_endpoint: `${base}/token`,
      revocation_endpoint: `${base}/revoke`,
    },
    clientId,
    undefined,
    // Qonto refuses HTTP Basic.
    ClientSecretPost(clientSecret),
  );
  configuration.timeout = (options.timeoutMs ?? 8_000) / 1_000;
  const send = options.fetch ?? globalThis.fetch;
  configuration[customFetch] = (url, { headers, body, ...init }) =>
    send(url, {
      ...init,
      ...(body != null && { body: body as NonNullable<RequestInit['body']> }),
      headers: { ...headers, ...(stagingToken && { 'X-Qonto-Staging-Token': stagingToken }) },
    });
  return configuration;
}

async function tokensOf(request: Promise<TokenEndpointResponse>): Promise<OAuthTokens> {
  try {
    const answer = await request;
    return {
      accessToken: answer.access_token,
      accessLifetimeMs: (answer.expires_in ?? ACCESS_LIFETIME_S) * 1_000,
      refreshToken: answer.refresh_token,
      scopes: answer.scope,
    };
  } catch (error) {
    // Neither message nor cause goes on: the library's causes hold the answer, tokens included.
    if (error instanceof ResponseBodyError || error instanceof AuthorizationResponseError) {
      throw new OAuthRefusedError(error.error);
    }
    throw new BankUnavailableError('The authorization server did not answer as documented');
  }
}
