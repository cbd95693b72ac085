import {setMaxListeners} from "node:events";

/**
 * A signal that aborts with a reason of its own as soon as one of others does, for as long as it is not unlinked: those may
 * live for a whole run, and collect no listeners.
 */
export function linkedSignal(
  others: readonly (AbortSignal | undefined)[],
  reason: () => Error
): {signal: AbortSignal; abort(reason: unknown): void; unlink(): void} {
  const stop = new AbortController();
  const cancel = () => stop.abort(reason());
  // Thousands of requests may listen to one signal, and that is no leak.
  setMaxListeners(0, stop.signal);
  for (const other of others) {
    if (other === undefined) continue;
    if (other.aborted) cancel();
    setMaxListeners(0, other);
    other.addEventListener("abort", cancel, {once: true});
  }
  return {
    signal: stop.signal,
    abort: (reason) => stop.abort(reason),
    unlink() {
      for (const other of others) other?.removeEventListener("abort", cancel);
    }
  };
}
