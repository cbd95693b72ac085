import {expect, test} from "vitest";
import {bubblewrapHere} from "./bubblewrapHere.js";
import {survive} from "./survive.js";

const bubblewrap = await bubblewrapHere();

test.skipIf(bubblewrap === null)("10,000 hostile programs in a row leave nothing behind", async () => {
  await survive(bubblewrap!, 10_000);
  expect((await bubblewrap!.run({argv: ["/bin/echo", "alive"]})).stdout).toBe("alive\n");
});
