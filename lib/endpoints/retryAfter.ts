import type {IncomingHttpHeaders} from "node:http";

/** Longest rest that is read out of x-ratelimit headers, in milliseconds: limits a minute are whole again after one. */
const minute = 60_000;

/**
 * Milliseconds for which a server asks to be left alone: Retry-After in seconds or as a date (RFC 9110, 10.2.3), or the
 * finer retry-after-ms that some send; null where it asks for nothing.
 *
 * @param now milliseconds since the epoch
 */
export function retryAfter(headers: IncomingHttpHeaders, now: number): number | null {
  const ms = Number(headers["retry-after-ms"] ?? NaN);
  if (ms >= 0) return ms;
  const said = headers["retry-after"]?.trim() ?? "";
  if (said === "") return null;
  const until = Number(said) >= 0 ? now + 1000 * Number(said) : Date.parse(said);
  return Number.isNaN(until) ? null : Math.max(0, until - now);
}

/**
 * Milliseconds until an endpoint's own counts allow another request, by the x-ratelimit headers of its last answer: what
 * is missing comes back at the limit's rate a minute, at the latest when the count is reset; 0 where nothing is missing
 * or nothing is said, a minute at most.
 *
 * @param get a header's value
 * @param tokens what the next request is thought to take
 */
export function rateLimitRest(get: (name: string) => string | null | undefined, tokens: number): number {
  let rest = 0;
  for (const [what, needed] of [
    ["requests", 1],
    ["tokens", tokens]
  ] as const) {
    // prettier-ignore
    const remaining = Number(get(`x-ratelimit-remaining-${what}`) ?? NaN);
    if (!(remaining < needed)) continue;
    const reset = duration(get(`x-ratelimit-reset-${what}`) ?? "") ?? minute;
    const limit = Number(get(`x-ratelimit-limit-${what}`) ?? NaN);
    rest = Math.max(
      rest,
      Math.min(minute, reset, limit > 0 ? (minute * (needed - Math.max(0, remaining))) / limit : reset)
    );
  }
  return rest;
}

/** Milliseconds of "6m0s", "1.5s", "20ms" or of plain seconds; null for anything else. */
function duration(text: string): number | null {
  if (text === "") return null;
  if (Number(text) >= 0) return 1000 * Number(text);
  const match = /^(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?)s)?(?:(\d+(?:\.\d+)?)ms)?$/.exec(text);
  if (match === null) return null;
  const [h, m, s, ms] = match.slice(1).map((part) => Number(part ?? 0));
  return ((h * 60 + m) * 60 + s) * 1000 + ms;
}
