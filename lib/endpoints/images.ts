import type OpenAI from "openai";
import {z} from "zod";
import type {createCalls} from "./call.js";
import {readPicture} from "../io/readPicture.js";
import type {ImageRequest} from "../schema/image.js";
import type {Picture} from "../schema/media.js";
import {EndpointError} from "./endpointError.js";
import {readReply} from "./reply.js";

/** An image as the endpoint drew it, or what is wrong with its bytes: paid for, and not asked for again. */
export type DrawnImage = {picture: Picture; bytes: Uint8Array} | {wrong: string};

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
  client,
  calls
}: {
  id: string;
  client: () => OpenAI;
  calls: ReturnType<typeof createCalls>;
}): (request: ImageRequest, signal?: AbortSignal) => Promise<DrawnImage> {
  const optional = new Set(["response_format", "seed"]);
  return ({model, prompt, size, sample}, signal) => {
    const all = {response_format: "b64_json", seed: sample};
    const without = new Set<string>();
    return calls.call({
      tokens: Math.ceil(prompt.length / 4),
      send: (signal) => {
        const extra = Object.fromEntries(
          Object.entries(all).filter(([name]) => optional.has(name) && !without.has(name))
        );
        const body = {model, prompt, size, n: 1, ...extra} as OpenAI.ImageGenerateParamsNonStreaming;
        return client().images.generate(body, {signal}).asResponse();
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

function read(body: string, id: string): DrawnImage | Error {
  const data = readReply(body, Reply);
  if (data instanceof Error) return data;
  const [{b64_json: base64, url}] = data.data;
  if (typeof base64 !== "string") {
    if (typeof url !== "string") return new Error("no image");
    throw new EndpointError(
      "bad-request",
      id,
      "expected an image's bytes (b64_json), got an address to fetch it from",
      {
        status: 200
      }
    );
  }
  const bytes = Buffer.from(base64, "base64");
  const picture = readPicture(bytes);
  return "wrong" in picture ? picture : {picture, bytes};
}
