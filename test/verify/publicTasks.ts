import {readFileSync} from "node:fs";
import {gunzipSync} from "node:zlib";
import {humaneval} from "../../lib/run/shapes/humaneval.js";
import {mbpp} from "../../lib/run/shapes/mbpp.js";
import type {ShapedSample} from "../../lib/run/shapes/shape.js";
import {publicFile} from "../publicData.js";

/** The tasks of HumanEval and of MBPP with their references, but for MBPP/123, which takes minutes. */
export function publicTasks(): ShapedSample[] {
  const rows = (text: string) =>
    text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const one = rows(gunzipSync(readFileSync(publicFile("humaneval", "HumanEval.jsonl.gz"))).toString());
  const two = rows(readFileSync(publicFile("mbpp", "mbpp.jsonl"), "utf8"));
  const all = [...one.flatMap((row) => humaneval.samples(row)), ...two.flatMap((row) => mbpp.samples(row))];
  return all.filter(({name}) => name !== "MBPP/123");
}
