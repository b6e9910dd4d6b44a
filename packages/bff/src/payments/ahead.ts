/** Calls to the bank for one reader at a time. */
const AHEAD = 4;

/** Runs a few tasks ahead of the reader, and no more once the reader has gone. */
export async function* ahead<Item, Result>(
  items: readonly Item[],
  task: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const running: Promise<Result>[] = [];
  for (const item of items) {
    const run = task(item);
    // It is awaited in its turn: until then nobody else hears of its failure.
    run.catch(() => {});
    running.push(run);
    const first = running.length < AHEAD ? undefined : running.shift();
    if (first) yield await first;
  }
  for (const run of running) yield await run;
}
