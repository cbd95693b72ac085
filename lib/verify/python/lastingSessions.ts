import type {Session} from "../sandbox/program.js";

const idle = 5000;
const most = 2000;

/** Sessions of a program of ours that serve one user after the other. */
export interface LastingSessions {
  /**
   * Lends a session, a new one where all are lent.
   *
   * @param use null where the session gave no answer, or ended: it is not lent again
   */
  lend<T>(use: (session: Session) => Promise<T | null>): Promise<T | null>;
  /** ends those that are not lent */
  close(): Promise<void>;
}

/** Lends sessions; one that nobody asked for in 5 s, or that has served 2,000 times, is ended. */
export function createLastingSessions(start: () => Promise<Session>): LastingSessions {
  const free: {session: Session; used: number; timer?: NodeJS.Timeout}[] = [];
  return {
    async lend(use) {
      const lent = free.pop() ?? {session: await start(), used: 0};
      clearTimeout(lent.timer);
      const {session} = lent;
      let answer = null;
      try {
        answer = await use(session);
      } finally {
        if (answer === null || ++lent.used === most) await session.end();
        else {
          free.push(lent);
          lent.timer = setTimeout(() => {
            free.splice(free.indexOf(lent), 1);
            void session.end();
          }, idle);
          lent.timer.unref();
        }
      }
      return answer;
    },
    async close() {
      await Promise.all(
        free.splice(0).map(({session, timer}) => {
          clearTimeout(timer);
          return session.end();
        })
      );
    }
  };
}
