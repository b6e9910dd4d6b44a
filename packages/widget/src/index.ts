export type { QontoPayEventMap, QontoPayIntrinsicElements } from './element-types.js';
export type { QontoPayProblem } from './problem.js';
export { QontoPayButton } from './qonto-pay-button.js';
