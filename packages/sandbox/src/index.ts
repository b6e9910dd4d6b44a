export { PortTakenError } from './listen.js';
export { createSandbox, type Sandbox, type SandboxOptions } from './sandbox.js';
