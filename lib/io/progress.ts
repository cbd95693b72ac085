/** Says how far long work is. */
export interface Progress {
  /** @param done units finished so far */
  update(done: number, note?: string): void;
  end(): void;
}

/**
 * Progress with rate and time left on a terminal's stderr, from two seconds on; silent where stderr is no terminal.
 *
 * @param total units of work in all; null where nobody knows yet, and no time left is told
 */
export function progress(
  label: string,
  total: number | null,
  {stream = process.stderr, now = () => performance.now()}: {stream?: NodeJS.WriteStream; now?: () => number} = {}
): Progress {
  const start = now();
  let last = start + 1900;
  let shown = false;
  return {
    update(done, note = "") {
      const time = now();
      if (!stream.isTTY || time - last < 100) return;
      last = time;
      shown = true;
      const seconds = (time - start) / 1000;
      const rate = done / seconds;
      const of = total === null ? "" : `/${total}`;
      const left = total === null ? "" : done === 0 ? ", ?" : `, ${Math.ceil((total - done) / rate)} s left`;
      stream.write(`\r\x1b[K${label} ${done}${of}, ${rate.toPrecision(3)}/s${left}${note && ", " + note}`);
    },
    end() {
      if (shown) stream.write("\r\x1b[K");
    }
  };
}
