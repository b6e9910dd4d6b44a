import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** By file name: what takes a minute or more. None has to be here, but one that comes last is waited for. */
const SLOW = [
  'accessibility',
  'accessibility-many',
  'accessibility-collect',
  'restart',
  'deadlines',
  'unanswered',
  'requests-unanswered',
  'unanswered-proof',
  'selection',
  'requests-approval',
  'fuzz',
];

/** Slow files first. Vitest knows how long a file took only where it has run before, as in no new checkout. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isSlow = ({ moduleId }: TestSpecification) =>
      SLOW.some((name) => moduleId.endsWith(`/${name}.test.ts`));
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}
