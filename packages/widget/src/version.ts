/** The version of the package, by which two copies on a page tell each other apart. */
export const VERSION = '0.1.0';
