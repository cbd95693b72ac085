/** A stretch of words that both texts have, or one alone. */
export interface DiffPart {
  readonly text: string;
  readonly in: "both" | "first" | "second";
}

/** Words a side that are compared; what comes after is left out. */
const most = 1500;

/**
 * Two texts word by word: the longest common subsequence of their first 1,500 words is what both have. White space goes
 * with the word before it. Takes time and memory of the product of the two lengths.
 */
export function wordDiff(first: string, second: string): DiffPart[] {
  const a = wordsOf(first);
  const b = wordsOf(second);
  const width = b.length + 1;
  // Length of the longest common subsequence of what begins at i and at j.
  const longest = new Uint16Array((a.length + 1) * width);
  const same = (i: number, j: number) => a[i].trimEnd() === b[j].trimEnd();
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i * width + j] = same(i, j)
        ? longest[(i + 1) * width + j + 1] + 1
        : Math.max(longest[(i + 1) * width + j], longest[i * width + j + 1]);

  const parts: {text: string; in: DiffPart["in"]}[] = [];
  const add = (text: string, where: DiffPart["in"]) => {
    const last = parts.at(-1);
    if (last?.in === where) last.text += text;
    else parts.push({text, in: where});
  };
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (same(i, j)) {
      add(a[i++], "both");
      j++;
    } else if (longest[(i + 1) * width + j] >= longest[i * width + j + 1]) add(a[i++], "first");
    else add(b[j++], "second");
  }
  while (i < a.length) add(a[i++], "first");
  while (j < b.length) add(b[j++], "second");
  return parts;
}

function wordsOf(text: string): string[] {
  return (text.match(/\s*\S+\s*/g) ?? []).slice(0, most);
}
