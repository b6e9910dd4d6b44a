/** Where the provider's onboarding goes on: https, or a provider on this computer. */
export function safeLocation(address: string | null | undefined): string | undefined {
  if (!address || !URL.canParse(address)) return undefined;
  const { protocol, hostname } = new URL(address);
  const isLocal = /^(localhost|127\.0\.0\.1|.+\.localhost)$/.test(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isLocal) ? address : undefined;
}
