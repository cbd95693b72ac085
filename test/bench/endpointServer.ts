import {serveModels} from "../endpoints/modelServer.js";

// A model server in a process of its own, for benches: prints its address, ends with its parent. Argument: latency in ms.
const {url} = await serveModels(() => "An answer of some length, as models give it.", {
  latency: Number(process.argv[2]),
  keep: 0
});
process.stdout.write(`${url}\n`);
process.stdin.resume().on("end", () => process.exit());
