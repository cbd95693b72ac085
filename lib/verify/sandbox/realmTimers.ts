/**
 * Timers by the host's clock, as script source: a function of `schedule(id, delay, every)` and `cancel(id)`, which
 * returns the function that the host calls with the id of a timer that is due.
 */
export const timers = `(function (schedule, cancel) {
  "use strict";
  const waiting = new Map();
  const {apply} = Reflect;
  const {get, set} = Map.prototype, remove = Map.prototype.delete;
  let last = 0;
  const start = (every) => function (f, delay, ...args) {
    if (typeof f !== "function") throw new TypeError("expected a function to call later");
    const id = ++last;
    apply(set, waiting, [id, {f, args, every}]);
    schedule(id, +delay || 0, every);
    return id;
  };
  const stop = (id) => {
    if (apply(remove, waiting, [id])) cancel(id);
  };
  globalThis.setTimeout = start(false);
  globalThis.setInterval = start(true);
  globalThis.setImmediate = (f, ...args) => setTimeout(f, 0, ...args);
  globalThis.clearTimeout = globalThis.clearInterval = globalThis.clearImmediate = stop;
  globalThis.queueMicrotask = (f) => void Promise.resolve().then(() => f());
  globalThis.performance = {now: () => Date.now()};
  globalThis.global = globalThis;
  return (id) => {
    const timer = apply(get, waiting, [id]);
    if (timer === undefined) return;
    if (!timer.every) apply(remove, waiting, [id]);
    apply(timer.f, undefined, timer.args);
  };
})`;
