import {setTimeout as sleep} from "node:timers/promises";
import type {OpenAI} from "openai";
import {z} from "zod";
import {sha256} from "../io/sha256.js";
import type {ChatAnswer, ChatRequest} from "../schema/chat.js";
import {canonicalJson} from "../text/json.js";
import {batchLine, batchParts, readBatchLines} from "./batchLines.js";
import type {createCalls} from "./call.js";
import type {Dialect} from "./dialect.js";
import {EndpointError} from "./endpointError.js";
import {linkedSignal} from "./linkedSignal.js";
import {openai} from "./openai.js";
import {readReply} from "./reply.js";

/** Where batches that are under way are written down, so that a process that comes after this one finds them. */
export interface PendingBatches {
  /** batches of before whose answers are not all kept yet, and the keys of their requests */
  load(): Promise<readonly {id: string; keys: readonly string[]}[]>;
  /** Resolves when it is durable. */
  save(id: string, keys: readonly string[]): Promise<void>;
}

export interface BatchOptions {
  pending?: PendingBatches;
  signal?: AbortSignal;
  /** milliseconds before the first look, growing by a half each time up to the longest */
  poll?: {first: number; longest: number};
}

/** Milliseconds after which a batch that has not ended counts as lost: its window and an hour. */
const longestWait = 25 * 3_600_000;

const Batch = z.object({
  id: z.string().min(1),
  status: z.string(),
  output_file_id: z.string().nullish(),
  error_file_id: z.string().nullish(),
  metadata: z.record(z.string(), z.unknown()).nullish().catch(null),
  request_counts: z.object({completed: z.int()}).nullish().catch(null),
  errors: z
    .object({data: z.array(z.object({message: z.string().nullish()})).nullish()})
    .nullish()
    .catch(null)
});
type Batch = z.infer<typeof Batch>;

const running = new Set(["validating", "in_progress", "finalizing", "cancelling"]);

/**
 * A function that has requests answered through /files and /batches. Each request's line is named by its key, the sha256
 * of its canonical JSON; a request that is there twice is sent once.
 *
 * No batch is paid for twice: its id is saved before anything else is done; one that a killed process could not save is
 * found by the hash of its keys, which it carries as metadata, where the endpoint lists its batches; and creating one is
 * not simply repeated when the connection breaks. Batches of before that hold requests of now are waited for and read.
 *
 * The schema goes along as json_schema, unless `chat` has learned otherwise before: what a batch refuses is an Error, and
 * asked again by `chat`.
 */
export function createBatches({
  id: endpoint,
  calls: {call},
  client,
  dialect,
  answerOf,
  hide,
  now,
  closing
}: {
  id: string;
  calls: ReturnType<typeof createCalls>;
  client: () => OpenAI;
  dialect: Dialect;
  answerOf: (request: ChatRequest, body: string) => ChatAnswer | Error;
  hide: (text: string) => string;
  now: () => number;
  closing: AbortSignal;
}) {
  return async (
    requests: readonly ChatRequest[],
    {pending, signal, poll = {first: 5000, longest: 60_000}}: BatchOptions = {}
  ): Promise<(ChatAnswer | Error)[]> => {
    const keys = requests.map((request) => sha256(canonicalJson(request)));
    const wanted = new Map(keys.map((key, i) => [key, requests[i]]));
    const answers = new Map<string, ChatAnswer | Error>();
    const stop = linkedSignal([signal, closing], () => new EndpointError("cancelled", endpoint, "cancelled"));
    try {
      const before = ((await pending?.load()) ?? []).filter(({keys}) => keys.some((key) => wanted.has(key)));
      const known = new Set(before.flatMap(({keys}) => keys));
      const fresh = [...wanted.keys()].filter((key) => !known.has(key));
      const works = [
        ...before.map(
          ({id, keys}) =>
            () =>
              collect(
                id,
                keys.filter((key) => wanted.has(key))
              )
        ),
        ...batchParts(fresh, wanted).map((part) => async () => {
          const id = await submit(part);
          await pending?.save(id, part);
          await collect(id, part);
        })
      ];
      await Promise.all(
        works.map((work) =>
          work().catch((error: unknown) => {
            stop.abort(error);
            throw error;
          })
        )
      );
    } finally {
      stop.unlink();
    }
    return keys.map((key) => answers.get(key)!);

    async function submit(part: readonly string[]): Promise<string> {
      const metadata = {ballast: sha256([...part].sort().join("\n"))};
      const there = await find(metadata.ballast);
      if (there !== null) return there;
      const lines = part.map((key) => batchLine(key, dialect.phrase(wanted.get(key)!).body()));
      const file = await openai().toFile(Buffer.from(lines.join("")), "requests.jsonl");
      const {id: input} = await ask(
        (signal) => client().files.create({file, purpose: "batch"}, {signal}).asResponse(),
        z.object({id: z.string().min(1)})
      );
      const body = {
        input_file_id: input,
        endpoint: "/v1/chat/completions",
        completion_window: "24h",
        metadata
      } as const;
      for (let attempt = 1; ; attempt++)
        try {
          return (await ask((signal) => client().batches.create(body, {signal}).asResponse(), Batch, 1)).id;
        } catch (error) {
          const broke = error instanceof EndpointError && (error.kind === "down" || error.kind === "timeout");
          if (!broke || attempt >= 3) throw error;
          // It may have come through all the same.
          const found = await find(metadata.ballast, true);
          if (found !== null) return found;
        }
    }

    /** A batch of these requests that is under way, or has brought some answers. @param needed the endpoint must say so */
    async function find(hash: string, needed = false): Promise<string | null> {
      try {
        const {data} = await ask(
          (signal) => client().batches.list({limit: 100}, {signal}).asResponse(),
          z.object({data: z.array(Batch)})
        );
        return (
          data.find(
            ({status, metadata, request_counts: counts}) =>
              metadata?.ballast === hash &&
              (running.has(status) ? status !== "cancelling" : (counts?.completed ?? 0) > 0)
          )?.id ?? null
        );
      } catch (error) {
        if (needed || !(error instanceof EndpointError && (error.kind === "not-found" || error.kind === "bad-request")))
          throw error;
        return null;
      }
    }

    /** Takes the answers of a batch when it has ended; its requests without one get an Error that says why. */
    async function collect(id: string, part: readonly string[]): Promise<void> {
      const batch = await ended(id);
      for (const file of [batch?.output_file_id, batch?.error_file_id])
        if (typeof file === "string" && file !== "")
          for (const {key, outcome} of readBatchLines(await download(file), wanted, answerOf))
            if (!answers.has(key)) answers.set(key, typeof outcome === "string" ? fault(outcome) : outcome);
      const said = batch?.errors?.data?.[0]?.message ?? "";
      for (const key of part)
        if (!answers.has(key))
          answers.set(key, fault(`none in batch ${id}, which is ${batch?.status ?? "gone"}: ${said}`));
    }

    /** A batch when it has ended; null where there is none of this id any more. */
    async function ended(id: string): Promise<Batch | null> {
      const until = now() + longestWait;
      for (let pause = poll.first; ; pause = Math.min(poll.longest, 1.5 * pause)) {
        try {
          const batch = await ask((signal) => client().batches.retrieve(id, {signal}).asResponse(), Batch);
          if (!running.has(batch.status)) return batch;
          if (now() > until)
            throw new EndpointError("timeout", endpoint, `expected batch ${id} to end, got ${batch.status}`);
        } catch (error) {
          if (error instanceof EndpointError && error.kind === "not-found") return null;
          throw error;
        }
        await sleep(pause, undefined, {signal: stop.signal}).catch(() => {
          throw stop.signal.reason;
        });
      }
    }

    function fault(detail: string): EndpointError {
      return new EndpointError("bad-request", endpoint, `expected an answer, got ${hide(detail).slice(0, 300)}`);
    }

    function download(file: string): Promise<string> {
      return call({
        tokens: 0,
        send: (signal) => client().files.content(file, {signal}).asResponse(),
        read: (body) => body,
        signal: stop.signal
      });
    }

    function ask<T>(
      send: (signal: AbortSignal) => Promise<Response>,
      shape: z.ZodType<T>,
      attempts?: number
    ): Promise<T> {
      return call({tokens: 0, send, read: (body) => readReply(body, shape), attempts, signal: stop.signal});
    }
  };
}
