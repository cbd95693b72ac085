/**
 * Keeps the first `most` of what it is given by an order, of equals those that came first: memory does not grow with what
 * is given.
 */
export function bestOf<T>(most: number, compare: (a: T, b: T) => number): {add(one: T): void; list(): T[]} {
  let kept: {one: T; at: number}[] = [];
  let seen = 0;
  const cut = () => {
    kept.sort((a, b) => compare(a.one, b.one) || a.at - b.at);
    kept = kept.slice(0, most);
  };
  return {
    add(one) {
      kept.push({one, at: seen++});
      if (kept.length >= 2 * most + 16) cut();
    },
    list() {
      cut();
      return kept.map(({one}) => one);
    }
  };
}
