/** Keeps requests from an endpoint that answers none. Closed: all go; open: none; half-open: one goes to see. */
export interface Breaker {
  /** milliseconds until a request may go: 0 now, Infinity while another one is out to see */
  wait(now: number): number;
  /** A request goes. Says whether it is the one that goes to see. */
  begin(): boolean;
  /**
   * A request has ended. True says that the endpoint counts as down: whoever waits need not wait any longer.
   *
   * @param alive null where it says nothing (it was cancelled)
   * @param said something came, be it a status of failure
   */
  end(alive: boolean | null, probe: boolean, now: number, said?: boolean): boolean;
}

export interface BreakerOptions {
  /** failures in a row that open it */
  failures?: number;
  /** before the first look, in milliseconds; doubled each time, between a half and the whole of it by chance */
  pause?: number;
  /** the longest pause, in milliseconds */
  longest?: number;
  /** looks in vain after which the endpoint counts as down: about 90 s by the other defaults */
  probes?: number;
  /** the same for an endpoint that has never answered anything (a wrong port, a server that was not started): about 5 s */
  firstProbes?: number;
}

/**
 * A circuit breaker. Once the endpoint counts as down a single request is let through whenever one comes, and its failure
 * counts for all that wait beside it; its success closes the breaker.
 *
 * Source: M. Nygard, Release It! (2007), chapter 5.2.
 */
export function createBreaker(
  random: () => number,
  {failures = 8, pause = 1000, longest = 30_000, probes = 8, firstProbes = 3}: BreakerOptions = {}
): Breaker {
  let inRow = 0;
  /** looks in vain since it opened, that which opened it included; 0: closed */
  let vain = 0;
  let until = 0;
  let probing = false;
  let answered = false;
  return {
    wait: (now) => (vain === 0 ? 0 : probing ? Infinity : Math.max(0, until - now)),
    begin() {
      if (vain === 0) return false;
      return (probing = true);
    },
    end(alive, probe, now, said = false) {
      if (probe) probing = false;
      if (alive === null) return false;
      answered ||= alive || said;
      if (alive) {
        inRow = vain = 0;
        return false;
      }
      if (vain > 0 && !probe) return false;
      if (vain === 0 && ++inRow < failures) return false;
      const most = answered ? probes : firstProbes;
      if (vain++ >= most) {
        vain = most;
        until = now;
        return true;
      }
      until = now + Math.min(longest, pause * 2 ** (vain - 1)) * (0.5 + random() / 2);
      return false;
    }
  };
}
