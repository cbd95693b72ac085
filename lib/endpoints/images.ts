import type OpenAI from "openai";
import {z} from "zod";
import type {createCalls} from "./call.js";
import {EndpointError} from "./endpointError.js";
import {readReply} from "./reply.js";

/** What is to be drawn. */
export interface ImageRequest {
  prompt: string;
  /** as the endpoint names sizes, e.g. "1024x1024" */
  size: string;
  /** tells draws of one prompt apart; sent as `seed` where the endpoint takes it */
  sample: number;
}

/** An image as the endpoint drew it: bytes that begin as those of its type do, and are not looked at beyond that. */
export interface ImageAnswer {
  bytes: Uint8Array;
  mediaType: "image/png" | "image/jpeg" | "image/webp";
}

const Reply = z.object({
  data: z.array(z.object({b64_json: z.string().nullish(), url: z.string().nullish()})).min(1)
});

/**
 * A function that has a model draw images over /images/generations. The bytes must be in the answer: an address of an
 * image is refused, nothing is fetched from elsewhere. `response_format` and `seed` are left out from then on where the
 * endpoint refuses them by name.
 */
export function createImages({
  id,
  model,
  client,
  calls
}: {
  id: string;
  model: string;
  client: OpenAI;
  calls: ReturnType<typeof createCalls>;
}): (request: ImageRequest, signal?: AbortSignal) => Promise<ImageAnswer> {
  const optional = new Set(["response_format", "seed"]);
  return ({prompt, size, sample}, signal) => {
    const all = {response_format: "b64_json", seed: sample};
    const without = new Set<string>();
    return calls.call({
      tokens: Math.ceil(prompt.length / 4),
      send: (signal) => {
        const extra = Object.fromEntries(
          Object.entries(all).filter(([name]) => optional.has(name) && !without.has(name))
        );
        const body = {model, prompt, size, n: 1, ...extra} as OpenAI.ImageGenerateParamsNonStreaming;
        return client.images.generate(body, {signal}).asResponse();
      },
      read(body) {
        const image = read(body, id);
        if (!(image instanceof Error)) for (const name of without) optional.delete(name);
        return image;
      },
      rephrase(message) {
        const named = [...optional].filter((name) => !without.has(name) && message.includes(name));
        for (const name of named) without.add(name);
        return named.length > 0;
      },
      signal
    });
  };
}

function read(body: string, id: string): ImageAnswer | Error {
  const data = readReply(body, Reply);
  if (data instanceof Error) return data;
  const [{b64_json: base64, url}] = data.data;
  if (typeof base64 !== "string") {
    if (typeof url !== "string") return new Error("no image");
    throw new EndpointError("bad-request", id, "expected an image's bytes (b64_json), got an address to fetch it from");
  }
  const bytes = Buffer.from(base64, "base64");
  const mediaType = typeOf(bytes);
  if (mediaType === null)
    return new Error(`bytes that are no PNG, JPEG or WebP: ${bytes.subarray(0, 8).toString("hex")}`);
  return {bytes, mediaType};
}

/** The type that the first bytes tell. */
function typeOf(bytes: Buffer): ImageAnswer["mediaType"] | null {
  if (bytes.subarray(0, 8).toString("hex") === "89504e470d0a1a0a") return "image/png";
  if (bytes.subarray(0, 3).toString("hex") === "ffd8ff") return "image/jpeg";
  if (bytes.toString("latin1", 0, 4) === "RIFF" && bytes.toString("latin1", 8, 12) === "WEBP") return "image/webp";
  return null;
}
