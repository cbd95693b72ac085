/** rad; what goes there and back by less is jitter of a sensor, not a spike. Our choice. */
const least = 0.1;

/**
 * The first frame (from 0) in which a joint leaves its course and is back in the next; null where there is none.
 *
 * Such a frame i turns the joint round at once: x(i−1) and x(i+1) are nearer to each other than to x(i), both steps are
 * over 0.1 rad, and its second difference |x(i+1) − 2 x(i) + x(i−1)| is more than `ratio` times the largest of the
 * joint's others, those within two frames, which share its values, left out. The largest elsewhere is a fair measure as it is:
 * gaits turn round again and again, while an error stands alone. Two like spikes in one joint hide each other.
 */
export function spike(angles: readonly number[], ratio: number): number | null {
  const second = angles.map((x, i) =>
    i === 0 || i === angles.length - 1 ? 0 : Math.abs(angles[i + 1] - 2 * x + angles[i - 1])
  );
  const at = second.reduce((best, size, i) => (size > second[best] ? i : best), 0);
  if (at === 0) return null;
  const [there, back] = [angles[at] - angles[at - 1], angles[at + 1] - angles[at]];
  const turned = there * back < 0 && Math.min(Math.abs(there), Math.abs(back)) > least;
  const returned = Math.abs(there + back) < Math.min(Math.abs(there), Math.abs(back));
  const other = second.reduce((most, size, i) => (Math.abs(i - at) > 2 ? Math.max(most, size) : most), 0);
  return turned && returned && second[at] > ratio * other ? at : null;
}
