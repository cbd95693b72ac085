import {existsSync} from "node:fs";
import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {Tokenizer} from "@huggingface/tokenizers";
import type {InferenceSession, Tensor, TypedTensor} from "onnxruntime-common";

/** What of a package that runs ONNX models is used; both that are looked for have it. */
interface Runtime {
  InferenceSession: {create(path: string | Uint8Array, options: object): Promise<InferenceSession>};
  Tensor: typeof Tensor;
  env?: {wasm?: {numThreads?: number}};
}

/** A model in a folder, and how it is asked. */
export interface OnnxModel {
  /** holds model.onnx (or onnx/model.onnx), tokenizer.json and tokenizer_config.json, as models are published */
  folder: string;
  /** texts that go through the model at once */
  batch?: number;
  /** told after each batch */
  progress?: (texts: number) => void;
}

/** The packages that run a model, the faster one first; neither comes with this one. */
const runtimes = ["onnxruntime-node", "onnxruntime-web"];

/** Tokens of a text that a model reads where its tokenizer names no bound, special ones included. */
const usualTokens = 512;

/**
 * Vectors of texts by a sentence encoder on this machine, in their order; no text leaves it. The model's own sentence
 * vector is taken where it has one ("sentence_embedding"), or else the mean over a text's tokens, or the first token's where
 * 1_Pooling/config.json says so. What is beyond the tokens that the model reads is not looked at.
 *
 * One thread: the same texts give the same vectors on the same machine. Another machine, runtime or batch size may differ
 * in the last digits.
 *
 * @throws Error where no package that runs models is installed, naming them; TypeError naming file or input of a model that
 *   is not there or is of another kind
 */
export async function onnxEmbeddings(texts: readonly string[], {folder, batch = 16, progress}: OnnxModel) {
  const model = [join(folder, "model.onnx"), join(folder, "onnx", "model.onnx")].find((path) => existsSync(path));
  if (model === undefined) throw new TypeError(`${folder}: expected model.onnx or onnx/model.onnx, got neither`);
  const encode = await encoder(folder);
  const firstToken = await poolsFirst(folder);
  const runtime = await findRuntime();
  const session = await open(runtime, model);
  const vectors: Float32Array[] = [];
  try {
    for (let from = 0; from < texts.length; from += batch) {
      const encoded = texts.slice(from, from + batch).map(encode);
      vectors.push(...(await run(runtime, session, encoded, {model, firstToken})));
      progress?.(vectors.length);
    }
  } finally {
    await session.release();
  }
  return vectors;
}

async function findRuntime(): Promise<Runtime> {
  const reasons: string[] = [];
  for (const name of runtimes) {
    try {
      const module = (await import(name)) as Runtime & {default?: Runtime};
      const runtime = module.default ?? module;
      if (runtime.env?.wasm !== undefined) runtime.env.wasm.numThreads = 1;
      return runtime;
    } catch (error) {
      reasons.push(`${name}: ${(error as Error).message.split("\n")[0]}`);
    }
  }
  throw new Error(
    `expected a package that runs ONNX models, got none: npm install onnxruntime-node, beside ballast (${reasons.join("; ")})`
  );
}

async function open({InferenceSession}: Runtime, model: string): Promise<InferenceSession> {
  const options = {intraOpNumThreads: 1, interOpNumThreads: 1, executionProviders: ["cpu"]};
  try {
    // As bytes: a runtime for browsers takes no path.
    return await InferenceSession.create(await readFile(model), options);
  } catch (error) {
    throw new TypeError(
      `${model}: expected an ONNX model in one file, got: ${(error as Error).message.split("\n")[0]}`,
      {
        cause: error
      }
    );
  }
}

/** A function from a text to its tokens' numbers, special ones around them, cut to what the model reads. */
async function encoder(folder: string): Promise<(text: string) => number[]> {
  const tokenizer = await json(join(folder, "tokenizer.json"));
  const config = await json(join(folder, "tokenizer_config.json"));
  const {model_max_length: longest} = config as {model_max_length?: unknown};
  // A tokenizer without a bound says 1e30.
  const most = typeof longest === "number" && longest >= 1 && longest <= 1e6 ? longest : usualTokens;
  let reader: Tokenizer;
  try {
    reader = new Tokenizer(tokenizer, config);
  } catch (error) {
    throw new TypeError(`${join(folder, "tokenizer.json")}: expected a tokenizer, got: ${(error as Error).message}`, {
      cause: error
    });
  }
  const empty = reader.encode("").ids.length;
  return (text) => {
    const whole = reader.encode(text).ids;
    if (whole.length <= most) return whole;
    const own = reader.encode(text, {add_special_tokens: false}).ids;
    const before = Array.from({length: empty + 1}, (_, n) => n).find((n) => whole[n] === own[0]) ?? 0;
    return [
      ...whole.slice(0, before),
      ...own.slice(0, Math.max(0, most - empty)),
      ...whole.slice(before + own.length, whole.length)
    ];
  };
}

async function json(path: string): Promise<object> {
  try {
    const value: unknown = JSON.parse(await readFile(path, "utf8"));
    if (typeof value === "object" && value !== null) return value;
    throw new TypeError(`got ${JSON.stringify(value)}`);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw new TypeError(`${path}: expected JSON, got ${missing ? "nothing there" : (error as Error).message}`, {
      cause: error
    });
  }
}

async function poolsFirst(folder: string): Promise<boolean> {
  const path = join(folder, "1_Pooling", "config.json");
  if (!existsSync(path)) return false;
  const {pooling_mode_cls_token: first} = (await json(path)) as {pooling_mode_cls_token?: unknown};
  return first === true;
}

async function run(
  {Tensor}: Runtime,
  session: InferenceSession,
  encoded: readonly (readonly number[])[],
  {model, firstToken}: {model: string; firstToken: boolean}
): Promise<Float32Array[]> {
  const n = encoded.length;
  const width = Math.max(1, ...encoded.map((ids) => ids.length));
  const filled = (value: (id: number) => number) => {
    const out = new BigInt64Array(n * width);
    encoded.forEach((ids, row) => ids.forEach((id, i) => (out[row * width + i] = BigInt(value(id)))));
    return new Tensor("int64", out, [n, width]);
  };
  const made: Record<string, () => TypedTensor<"int64">> = {
    input_ids: () => filled((id) => id),
    attention_mask: () => filled(() => 1),
    token_type_ids: () => filled(() => 0)
  };
  const feeds: Record<string, Tensor> = {};
  for (const name of session.inputNames) {
    if (!Object.hasOwn(made, name))
      throw new TypeError(`${model}: expected inputs among ${Object.keys(made).join(", ")}, got ${name}`);
    feeds[name] = made[name]();
  }
  const outputs = await session.run(feeds);
  const sentence = outputs.sentence_embedding as Tensor | undefined;
  const output = sentence ?? outputs[session.outputNames[0]];
  const {dims, data} = output;
  const shape = sentence === undefined ? [n, width] : [n];
  if (!(data instanceof Float32Array) || dims.length !== shape.length + 1 || shape.some((size, i) => dims[i] !== size))
    throw new TypeError(
      `${model}: expected 32-bit vectors of ${n} texts${sentence === undefined ? ` of ${width} tokens` : ""}, got ${output.type} of ${dims.join(" × ")}`
    );
  const size = dims[dims.length - 1];
  return encoded.map((ids, row) => {
    if (sentence !== undefined) return data.slice(row * size, (row + 1) * size);
    const vector = new Float32Array(size);
    const tokens = firstToken ? 1 : ids.length;
    for (let i = 0; i < tokens; i++)
      for (let d = 0; d < size; d++) vector[d] += data[(row * width + i) * size + d] / tokens;
    return vector;
  });
}
