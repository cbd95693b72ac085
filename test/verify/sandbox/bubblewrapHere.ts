import {createBubblewrap, type Bubblewrap} from "../../../lib/verify/sandbox/bubblewrap.js";
import {nativePython} from "../../../lib/verify/sandbox/nativePython.js";

/** Bubblewrap for tests that need it; null, with one line said, where it does not work. */
export async function bubblewrapHere(): Promise<Bubblewrap | null> {
  const found = await nativePython();
  if (typeof found !== "string") return createBubblewrap();
  console.log(`skipped: ${found}`);
  return null;
}
