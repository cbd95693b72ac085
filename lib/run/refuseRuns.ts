/**
 * Refuses a table that has runs enough, of which fewer than any law takes are left, with what became of the others.
 *
 * @param counts.n runs with a value of the target; counts.held of them are held out, counts.missing have none
 * @throws RangeError naming the file and the counts
 */
export function refuseFew(
  path: string,
  {n, missing, held, target}: {n: number; missing: number; held: number; target: string}
): void {
  if (n - held >= 3 || n + missing < 3) return;
  const others = [
    ...(held > 0 ? [`${held} are held out`] : []),
    ...(missing > 0 ? [`${missing} have no value of ${target}`] : [])
  ];
  throw new RangeError(
    `${path}: expected at least 3 runs to fit, got ${n - held}${others.length > 0 ? `; ${others.join(", ")}` : ""}`
  );
}

/**
 * Refuses shares in per cent, which would each be told as too large, with the way out.
 *
 * @param inputs values of each share, run by run
 * @throws RangeError naming the file, the shares and what they come to
 */
export function refusePerCent(path: string, inputs: Readonly<Record<string, readonly number[]>>): void {
  const names = Object.keys(inputs);
  if (names.length === 0) return;
  const sums = inputs[names[0]].map((_, i) => names.reduce((sum, name) => sum + inputs[name][i], 0));
  const percent =
    names.length === 1
      ? sums.some((sum) => sum > 2) && sums.every((sum) => sum >= 0 && sum <= 100)
      : sums.every((sum) => Math.abs(sum - 100) < 1);
  if (percent)
    throw new RangeError(
      `${path}: expected shares of 1, got per cent: ${names.length === 1 ? `${names[0]} goes up to ${sums.reduce((a, b) => Math.max(a, b))}` : `${names.join(" + ")} is ${sums[0]} in the first run`}; divide by 100 in SQL, as in "${names[0]} / 100"`
    );
}
