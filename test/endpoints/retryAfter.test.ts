import {expect, test} from "vitest";
import {rateLimitRest, retryAfter} from "../../lib/endpoints/retryAfter.js";

test("Retry-After is read as seconds, as a date and as milliseconds, and nothing else is guessed", () => {
  // The three forms of a date that RFC 9110, 5.6.7 has receivers take are of one moment.
  const now = Date.UTC(1994, 10, 6, 8, 49, 7);
  const cases: [Record<string, string>, number | null][] = [
    [{"retry-after": "120"}, 120_000],
    [{"retry-after": " 0.5 "}, 500],
    [{"retry-after": "Sun, 06 Nov 1994 08:49:37 GMT"}, 30_000],
    [{"retry-after": "Sunday, 06-Nov-94 08:49:37 GMT"}, 30_000],
    [{"retry-after": "Sun, 06 Nov 1994 08:00:00 GMT"}, 0],
    [{"retry-after-ms": "1500", "retry-after": "2"}, 1500],
    [{"retry-after": "soon"}, null],
    [{"retry-after": ""}, null],
    [{}, null]
  ];
  for (const [headers, expected] of cases) expect(retryAfter(headers, now), JSON.stringify(headers)).toBe(expected);
});

test("the rest asked for by x-ratelimit headers is what is missing at the limit's rate, at most until the reset", () => {
  const rest = (headers: Record<string, string>, tokens = 100) => rateLimitRest((name) => headers[name], tokens); // prettier-ignore
  expect(rest({})).toBe(0);
  expect(rest({"x-ratelimit-remaining-requests": "1", "x-ratelimit-remaining-tokens": "100"})).toBe(0);
  const requests = {"x-ratelimit-remaining-requests": "0", "x-ratelimit-limit-requests": "60"};
  expect(rest({...requests, "x-ratelimit-reset-requests": "6m0s"})).toBe(1000);
  expect(rest({...requests, "x-ratelimit-reset-requests": "20ms"})).toBe(20);
  expect(rest({"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "1.5s"})).toBe(1500);
  expect(rest({"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "1h2m"})).toBe(60_000);
  expect(rest({"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "3"})).toBe(3000);
  expect(rest({"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "later"})).toBe(60_000);
  const tokens = {"x-ratelimit-remaining-tokens": "40", "x-ratelimit-limit-tokens": "6000"};
  expect(rest({...tokens, "x-ratelimit-reset-tokens": "59s"})).toBe(600);
});
