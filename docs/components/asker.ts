/** What a worker answers: the result, or what went wrong in words. */
export type Answer<A> = {readonly value: A} | {readonly error: string};

/** Asks a worker, one question after the other; of questions that wait only the last is asked. */
export interface Asker<Q, A> {
  /** @returns null where a later question took its place */
  ask(question: Q): Promise<A | null>;
}

/**
 * A worker that answers questions, started when it is first asked.
 *
 * @param start starts the worker; it gets questions and sends one answer for each
 */
export function createAsker<Q, A>(start: () => Worker): Asker<Q, A> {
  let worker: Worker | null = null;
  let busy = false;
  let waiting: {question: Q; resolve(value: A | null): void; reject(error: Error): void} | null = null;

  function next(): void {
    if (busy || waiting === null) return;
    const {question, resolve, reject} = waiting;
    waiting = null;
    busy = true;
    const asked = (worker ??= start());
    const done = () => {
      busy = false;
      next();
    };
    asked.onmessage = ({data}: MessageEvent<Answer<A>>) => {
      if ("error" in data) reject(new Error(data.error));
      else resolve(data.value);
      done();
    };
    asked.onerror = (event) => {
      asked.terminate();
      worker = null;
      reject(new Error(event.message || "a worker of the page could not start"));
      done();
    };
    asked.postMessage(question);
  }

  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        waiting?.resolve(null);
        waiting = {question, resolve, reject};
        next();
      })
  };
}

/** The worker's side: answers each question by a function. */
export function answerWith<Q, A>(compute: (question: Q) => A | Promise<A>): void {
  addEventListener("message", ({data}: MessageEvent<Q>) => {
    Promise.resolve(data)
      .then(compute)
      .then(
        (value) => postMessage({value} satisfies Answer<A>),
        (error: unknown) => postMessage({error: (error as Error).message} satisfies Answer<A>)
      );
  });
}
