import {mkdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";

/** The vocabulary of the model; a word's number is its place. */
export const vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "cat", "sat", "a", "feline", "was", "sitting", "stocks", "fell"]; // prettier-ignore

/**
 * Writes a sentence encoder that looks each word's vector up, as published models lie in a folder: model.onnx, tokenizer.json,
 * tokenizer_config.json.
 *
 * @param vectors one a word of the vocabulary, all of one length
 * @param options.inputs names of the model's inputs, of which the first is looked up
 */
export function writeOnnxModel(
  folder: string,
  vectors: readonly (readonly number[])[],
  {inputs = ["input_ids", "attention_mask"], longest = 8}: {inputs?: readonly string[]; longest?: number} = {}
): void {
  mkdirSync(folder, {recursive: true});
  const size = vectors[0].length;
  const raw = Buffer.from(Float32Array.from(vectors.flat()).buffer);
  const table = message([int(1, vectors.length), int(1, size), int(2, 1), text(8, "table"), bytes(9, raw)]);
  const node = message([text(1, "table"), text(1, inputs[0]), text(2, "last_hidden_state"), text(4, "Gather")]);
  const tensor = (type: number, dims: readonly string[]) =>
    message([
      bytes(1, message([int(1, type), bytes(2, message(dims.map((dim) => bytes(1, message([text(2, dim)])))))]))
    ]);
  const value = (name: string, type: number, dims: readonly string[]) =>
    message([text(1, name), bytes(2, tensor(type, dims))]);
  const graph = message([
    bytes(1, node),
    text(2, "words"),
    bytes(5, table),
    ...inputs.map((name) => bytes(11, value(name, 7, ["texts", "tokens"]))),
    bytes(12, value("last_hidden_state", 1, ["texts", "tokens", "size"]))
  ]);
  const model = message([int(1, 8), bytes(7, graph), bytes(8, message([int(2, 13)]))]);
  writeFileSync(join(folder, "model.onnx"), model);
  const special = ["[CLS]", "[SEP]"].map((token) => ({
    [token]: {id: token, ids: [vocabulary.indexOf(token)], tokens: [token]}
  }));
  const tokenizer = {
    version: "1.0",
    added_tokens: [],
    decoder: {type: "WordPiece", prefix: "##", cleanup: true},
    normalizer: {type: "Lowercase"},
    pre_tokenizer: {type: "Whitespace"},
    post_processor: {
      type: "TemplateProcessing",
      single: [
        {SpecialToken: {id: "[CLS]", type_id: 0}},
        {Sequence: {id: "A", type_id: 0}},
        {SpecialToken: {id: "[SEP]", type_id: 0}}
      ],
      pair: [],
      special_tokens: Object.assign({}, ...special) as object
    },
    model: {
      type: "WordPiece",
      unk_token: "[UNK]",
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(vocabulary.map((word, i) => [word, i]))
    }
  };
  writeFileSync(join(folder, "tokenizer.json"), JSON.stringify(tokenizer));
  writeFileSync(join(folder, "tokenizer_config.json"), JSON.stringify({model_max_length: longest}));
}

// Fields of a protocol buffer; source: protobuf.dev, Encoding; numbers as in onnx.proto.
const message = (fields: readonly Buffer[]) => Buffer.concat(fields);
const bytes = (field: number, value: Buffer) => Buffer.concat([varint((field << 3) | 2), varint(value.length), value]);
const text = (field: number, value: string) => bytes(field, Buffer.from(value));
const int = (field: number, value: number) => Buffer.concat([varint(field << 3), varint(value)]);

function varint(value: number): Buffer {
  const out: number[] = [];
  for (; value > 127; value >>>= 7) out.push((value & 127) | 128);
  return Buffer.from([...out, value]);
}
