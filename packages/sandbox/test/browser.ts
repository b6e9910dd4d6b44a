/** Just enough of a browser for a sign-in: cookies by path, redirects, forms. */
export class Browser {
  readonly #cookies = new Map<string, { value: string; path: string }>();

  /** Follows an address to the first page, or to the first address on another origin. */
  async open(
    address: string,
    init: RequestInit = {},
  ): Promise<{ url: string; page: string; status: number }> {
    const home = new URL(address).origin;
    let url = address;
    let request = init;
    for (let hops = 0; hops < 10; hops++) {
      if (new URL(url).origin !== home) return { url, page: '', status: 0 };
      const response = await this.#send(url, request);
      const location = response.headers.get('location');
      if (location === null) return { url, page: await response.text(), status: response.status };
      url = new URL(location, url).href;
      request = {};
    }
    throw new Error('too many redirects');
  }

  /** Signs a member in and answers the consent page; the address it ends at is the client's. */
  async signIn(address: string, { member, answer = 'allow' }: { member: string; answer?: string }) {
    const signIn = await this.open(address);
    const button = new RegExp(`value="([^"]+)"[^>]*>${member}</button>`).exec(signIn.page);
    if (!button) throw new Error(`no button "${member}" on ${signIn.url}`);
    const consent = await this.open(`${signIn.url}/consent?membership=${button[1]}`);
    const action = /<form method="post" action="([^"]+)"/.exec(consent.page)?.[1] ?? '';
    const back = await this.open(new URL(action, consent.url).href, {
      method: 'POST',
      body: new URLSearchParams({ decision: answer }),
    });
    return { signInPage: signIn.page, consentPage: consent.page, url: new URL(back.url) };
  }

  async #send(url: string, init: RequestInit): Promise<Response> {
    const { pathname } = new URL(url);
    const sent = [...this.#cookies].filter(([, { path }]) => pathname.startsWith(path));
    const cookie = sent.map(([name, { value }]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ');
      const [name = '', ...value] = pair.split('=');
      const path = attributes.find((attribute) => attribute.startsWith('path='))?.slice(5) ?? '/';
      this.#cookies.set(name, { value: value.join('='), path });
    }
    return response;
  }
}
