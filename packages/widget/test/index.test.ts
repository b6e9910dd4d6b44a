import { describe, expect, expectTypeOf, it } from 'vitest';
import { QontoPayButton, type QontoPayProblem } from '../src/index.js';

describe('the package', () => {
  it('registers nothing when the class is imported', () => {
    expect(QontoPayButton.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(customElements.get('qonto-pay-button')).toBeUndefined();
  });

  it('types the element, its properties and its events', () => {
    expectTypeOf(document.createElement('qonto-pay-button')).toEqualTypeOf<QontoPayButton>();
    document.addEventListener('qonto-pay-error', (event) => {
      expectTypeOf(event.detail).toEqualTypeOf<QontoPayProblem>();
    });
    document.addEventListener('qonto-pay-complete', (event) => {
      expectTypeOf(event.detail.final).toEqualTypeOf<boolean>();
    });
  });
});
