import {spawn, type ChildProcess} from "node:child_process";
import {setFlagsFromString} from "node:v8";
import {runInNewContext} from "node:vm";
import OpenAI from "openai";
import {createTransport} from "../../lib/endpoints/transport.js";
import {Endpoint} from "../../lib/schema/endpoint.js";
import type {ChatRequest} from "../../lib/schema/chat.js";
import type {BenchRow} from "./row.js";

const inFlight = 1000;
const latency = 200;
/** requests of one timed turn, and turns of each client, one after the other */
const turn = 5000;
const turns = 3;

/** Our transport beside the bare `openai` client, against a server in a process of its own, and its memory over many requests. */
export async function bench(): Promise<BenchRow[]> {
  const {server, url} = await startServer();
  const transport = createTransport(
    Endpoint.parse({id: "bench", url, model: "m", timeout: 60, limits: {concurrency: inFlight}})
  );
  const client = new OpenAI({baseURL: url, apiKey: "none", maxRetries: 0});
  const ours = async (i: number) => void (await transport.chat(request(i)));
  const bare = async (i: number) =>
    void (await client.chat.completions.create({
      ...{model: "m", messages: [{role: "user", content: question(i)}], temperature: 0, max_tokens: 100, seed: i}
    }));
  try {
    const best = {ours: {rate: 0, cpu: Infinity}, bare: {rate: 0, cpu: Infinity}};
    await timed(inFlight, bare);
    await timed(inFlight, ours);
    for (let i = 0; i < turns; i++)
      for (const [name, ask] of [
        ["bare", bare],
        ["ours", ours]
      ] as const) {
        // prettier-ignore
        const {rate, cpu} = await timed(turn, ask);
        best[name] = {rate: Math.max(best[name].rate, rate), cpu: Math.min(best[name].cpu, cpu)};
      }
    await timed(10_000, ours);
    const early = memory();
    await timed(90_000, ours);
    const late = memory();
    const cost = (cpu: number) => `${Math.round(1e6 * cpu)} µs of processor each`;
    return [
      {
        name: "Chat requests, 1,000 under way, server's latency 200 ms: the bare openai client",
        value: best.bare.rate,
        unit: "requests/s",
        note: cost(best.bare.cpu)
      },
      {
        name: "The same through our transport: admission, retries, breaker, validated answers",
        value: best.ours.rate,
        unit: "requests/s",
        note: cost(best.ours.cpu)
      },
      {
        name: "Our rate over the bare client's",
        value: best.ours.rate / best.bare.rate,
        unit: "×",
        limit: {value: 0.9, sense: ">="},
        note: `best of ${turns} turns of ${turn.toLocaleString("en")} requests each, in turn`
      },
      {
        name: "Memory in use that 90,000 further requests added",
        value: Math.max(0, late - early),
        unit: "MB",
        // A request kept whole would be more than 1 kB: 90 MB.
        limit: {value: 10, sense: "<="},
        note: `${early.toFixed(1)} MB after 10,000, ${late.toFixed(1)} MB after 100,000`
      }
    ];
  } finally {
    transport.close();
    server.stdin!.end();
    server.kill();
  }
}

async function timed(count: number, ask: (i: number) => Promise<void>): Promise<{rate: number; cpu: number}> {
  const started = performance.now();
  const used = process.cpuUsage();
  let next = 0;
  const work = async () => {
    while (next < count) await ask(next++);
  };
  await Promise.all(Array.from({length: inFlight}, work));
  const {user, system} = process.cpuUsage(used);
  return {rate: (1000 * count) / (performance.now() - started), cpu: (user + system) / 1e6 / count};
}

/** Megabytes of heap and buffers in use, without garbage. */
function memory(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  const {heapUsed, external} = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}

function request(sample: number): ChatRequest {
  return {
    ...{model: "m", weights: "none-api", messages: [{role: "user", content: question(sample)}], temperature: 0},
    ...{topP: null, maxTokens: 100, stop: [], schema: null, sample}
  };
}

function question(i: number): string {
  return `Question ${i}: ${"what does the following passage say, and where does it say so? ".repeat(8)}`;
}

async function startServer(): Promise<{server: ChildProcess; url: string}> {
  const script = new URL("./endpointServer.ts", import.meta.url).pathname;
  const server = spawn(process.execPath, ["--import", import.meta.resolve("tsx"), script, String(latency)], {
    stdio: ["pipe", "pipe", "inherit"]
  });
  const url = await new Promise<string>((found, fail) => {
    server.stdout.once("data", (chunk: Buffer) => found(chunk.toString().trim()));
    server.once("exit", (code) => fail(new Error(`expected a server, but it ended with ${code}`)));
  });
  return {server, url};
}
