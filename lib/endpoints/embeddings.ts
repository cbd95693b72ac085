import {z} from "zod";
import {post, Refused, type PostOptions} from "./post.js";

/** An OpenAI-compatible endpoint for embeddings, and how it is asked. */
export interface EmbeddingsEndpoint extends Omit<PostOptions, "signal" | "longest"> {
  /** what `/embeddings` is appended to, e.g. "http://127.0.0.1:8000/v1" */
  url: string;
  model: string;
  /** texts a request */
  batch?: number;
  /** requests under way at once */
  concurrency?: number;
}

const Reply = z.object({
  data: z.array(z.object({index: z.int().min(0), embedding: z.array(z.number()).min(1)}))
});

/**
 * A model's vectors of texts, in their order. Requests hold `batch` texts, at most `concurrency` are under way, and one
 * that is refused for now (408, 409, 429, 5xx, a broken connection) is made again after a pause, the server's own where
 * it names one in Retry-After (at most a minute). Another refusal ends it at once.
 *
 * The vectors are as the server gives them: a server that rounds differently from request to request makes results
 * differ from run to run. Texts are sent as they are: what must not leave the machine must not be embedded elsewhere.
 *
 * @throws Error naming endpoint, texts and what came: a status with the beginning of its message, or a reply of another shape
 */
export async function embed(texts: readonly string[], endpoint: EmbeddingsEndpoint): Promise<Float32Array[]> {
  const {batch = 64, concurrency = 4} = endpoint;
  for (const [name, value] of Object.entries({batch, concurrency, attempts: endpoint.attempts ?? 1}))
    if (!Number.isInteger(value) || value < 1) throw new RangeError(`${name}: expected 1 or more, got ${value}`);
  const vectors = new Array<Float32Array>(texts.length);
  const stop = new AbortController();
  let next = 0;
  const work = async () => {
    while (next < texts.length) {
      const from = next;
      next += batch;
      const got = await request(texts.slice(from, from + batch), from, endpoint, stop.signal);
      got.forEach((vector, i) => (vectors[from + i] = vector));
    }
  };
  try {
    await Promise.all(Array.from({length: Math.min(concurrency, Math.ceil(texts.length / batch))}, work));
  } catch (error) {
    stop.abort();
    throw error;
  }
  const other = vectors.findIndex((vector) => vector.length !== vectors[0].length);
  if (other !== -1)
    throw new Error(
      `${endpoint.url}: text ${other}: expected ${vectors[0].length} numbers, got ${vectors[other].length}`
    );
  return vectors;
}

async function request(
  input: readonly string[],
  from: number,
  {url, model, key, attempts, timeout, pause}: EmbeddingsEndpoint,
  signal: AbortSignal
): Promise<Float32Array[]> {
  const place = `${url}/embeddings, texts ${from} to ${from + input.length - 1}`;
  const body = await post(
    `${url.replace(/\/+$/, "")}/embeddings`,
    {model, input, encoding_format: "float"},
    {key, attempts, timeout, pause, signal}
  ).catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error;
    const often = error.lasting ? "" : ` (${error.attempts} attempts)`;
    throw new Error(`${place}: expected vectors, got ${error.message}${often}`, {cause: error});
  });
  return vectorsOf(body, input.length, place);
}

function vectorsOf(body: string, count: number, place: string): Float32Array[] {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new Error(`${place}: expected JSON, got ${JSON.stringify(body.slice(0, 80))}`);
  }
  const parsed = Reply.safeParse(json);
  if (!parsed.success) {
    const [{path, message}] = parsed.error.issues;
    throw new Error(`${place}: ${path.join(".")}: ${message}`);
  }
  const vectors = new Array<Float32Array | undefined>(count).fill(undefined);
  for (const {index, embedding} of parsed.data.data) if (index < count) vectors[index] = Float32Array.from(embedding);
  const missing = vectors.indexOf(undefined);
  if (missing !== -1 || parsed.data.data.length !== count)
    throw new Error(`${place}: expected ${count} vectors, one for each text, got ${parsed.data.data.length}`);
  return vectors as Float32Array[];
}
