/**
 * The parts of a log, each its head with at most `rows` successive rows after it. Rows are the longest run of lines that
 * hold at least two numbers and as many as each other; what stands before them is the head, and what stands after them
 * (such as a question) is left out. None where there are fewer than two rows.
 */
export function excerpts(log: string, rows: number): string[] {
  const lines = log.replace(/\r\n?/g, "\n").split("\n");
  const counts = lines.map((line) => line.match(/\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g)?.length ?? 0);
  let [from, to] = [0, 0];
  for (let start = 0; start < lines.length;) {
    let end = start + 1;
    while (end < lines.length && counts[end] === counts[start]) end++;
    if (counts[start] >= 2 && end - start > to - from) [from, to] = [start, end];
    start = end;
  }
  if (to - from < 2) return [];
  const head = lines.slice(0, from);
  const parts: string[] = [];
  for (let start = from; start < to; start += rows) {
    // A last part of one row says nothing by itself: it takes the row before it too.
    const begin = to - start < 2 ? start - 1 : start;
    parts.push([...head, ...lines.slice(begin, Math.min(to, start + rows))].join("\n").trim());
  }
  return parts;
}
