/**
 * What `work` makes of each item, in the items' order, with several under way at once.
 *
 * @param lanes items under way at most; one that is slow holds back later results, never more than this many
 */
export async function* inOrder<T, R>(
  items: AsyncIterable<T>,
  lanes: number,
  work: (item: T) => Promise<R>
): AsyncGenerator<R> {
  const under: Promise<R>[] = [];
  try {
    for await (const item of items) {
      const result = work(item);
      // An error is thrown where its turn comes; until then it must not count as unhandled.
      result.catch(() => {});
      under.push(result);
      if (under.length >= lanes) yield await under.shift()!;
    }
    while (under.length > 0) yield await under.shift()!;
  } finally {
    await Promise.allSettled(under);
  }
}
