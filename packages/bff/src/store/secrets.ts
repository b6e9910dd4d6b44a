/** Encrypts what must not be read in a dump; the context binds a value to its row and partner. */
export interface Secrets {
  encrypt(context: SecretContext, text: string): Buffer;
  decrypt(context: SecretContext, sealed: Buffer): string;
}

export interface SecretContext {
  partnerId: string;
  ownerId: string;
  purpose: string;
}
