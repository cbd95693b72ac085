/**
 * Gathers single items into batches: those that come within a pause of one another go together.
 *
 * @param send takes a batch to its results, in its order; an Error as a result is one item's, a rejection everybody's
 * @param options.linger milliseconds without a further item after which a batch goes
 * @param options.most items of a batch, which goes at once when it has them
 */
export function gather<T, R>(
  send: (batch: readonly T[]) => Promise<readonly (R | Error)[]>,
  {linger, most}: {linger: number; most: number}
): (item: T) => Promise<R> {
  let waiting: {item: T; done(result: R): void; fail(error: unknown): void}[] = [];
  let timer: NodeJS.Timeout | undefined;
  const go = () => {
    clearTimeout(timer);
    const batch = waiting;
    waiting = [];
    send(batch.map(({item}) => item)).then(
      (results) =>
        batch.forEach(({done, fail}, i) => {
          const result = results[i];
          if (result instanceof Error) fail(result);
          else done(result);
        }),
      (error: unknown) => batch.forEach(({fail}) => fail(error))
    );
  };
  return (item) =>
    new Promise((done, fail) => {
      waiting.push({item, done, fail});
      clearTimeout(timer);
      if (waiting.length >= most) go();
      else timer = setTimeout(go, linger);
    });
}
