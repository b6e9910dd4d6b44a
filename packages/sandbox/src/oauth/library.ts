// On Node 20 the library runs well but warns at import; a newcomer should not have to wonder about it.
const { warn } = console;
console.warn = () => {};
const library = await import('oidc-provider');
console.warn = warn;

export const Provider = library.default;
