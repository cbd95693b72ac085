import {createWriteStream} from "node:fs";
import {join} from "node:path";
import {Readable} from "node:stream";
import {pipeline} from "node:stream/promises";
import {atomic} from "../io/atomic.js";
import {readRows} from "../io/readRows.js";
import {verifySamples} from "../run/verifySamples.js";
import {Seed} from "../schema/seed.js";
import {verifiers} from "../verify/verifiers.js";
import {Misuse, parse, type Command} from "./command.js";

/** Counts of one verifier's words. */
interface Counts {
  ok: number;
  no: number;
  reasons: Record<string, number>;
}

/** `ballast verify`: verifiers over samples that somebody else made. */
export const command: Command = {
  usage: "IN… --with ID[,ID] [--seeds FILE] [--out DIR] [--json]",
  summary:
    "Runs verifiers over samples (Parquet or JSONL with text, kind, domain) and counts their verdicts by reason.",
  async run(args) {
    const {values, positionals} = parse(
      args,
      {with: {type: "string"}, seeds: {type: "string"}, out: {type: "string"}, json: {type: "boolean", default: false}},
      {least: 1, most: Infinity}
    );
    const ids = (values.with ?? "").split(",").filter((id) => id !== "");
    const known = verifiers.map(({id}) => id).join(", ");
    if (ids.length === 0) throw new Misuse(`--with: expected one or more of ${known}, got nothing`);
    const chosen = ids.map((id) => {
      const verifier = verifiers.find((one) => one.id === id);
      if (verifier === undefined) throw new Misuse(`--with: expected one of ${known}, got ${JSON.stringify(id)}`);
      return verifier;
    });
    const seeds = values.seeds === undefined ? [] : await readSeedsFile(values.seeds);
    const byDomain = new Map<string, readonly Seed[]>();
    const corpus = (domain: string) => {
      if (!byDomain.has(domain))
        byDomain.set(
          domain,
          seeds.filter((seed) => seed.domain === domain)
        );
      return byDomain.get(domain)!;
    };

    const counts: Record<string, Counts> = Object.fromEntries(ids.map((id) => [id, {ok: 0, no: 0, reasons: {}}]));
    async function* lines() {
      for await (const found of verifySamples(positionals, chosen, {corpus})) {
        const of = counts[found.verifier];
        if (found.ok) of.ok++;
        else {
          of.no++;
          of.reasons[found.reason] = (of.reasons[found.reason] ?? 0) + 1;
        }
        yield `${JSON.stringify(found)}\n`;
      }
    }
    if (values.out === undefined) for await (const _ of lines());
    else
      await atomic(join(values.out, "verdicts.jsonl"), (temporary) =>
        pipeline(Readable.from(lines()), createWriteStream(temporary))
      );
    process.stdout.write(values.json ? `${JSON.stringify({verifiers: counts})}\n` : report(counts));
    return 0;
  }
};

function report(counts: Readonly<Record<string, Counts>>): string {
  return Object.entries(counts)
    .map(([id, {ok, no, reasons}]) => {
      const list = Object.entries(reasons).sort(([, a], [, b]) => b - a);
      return `${id}: ${ok} ok, ${no} not${list.map(([reason, n]) => `\n  ${reason} ${n}`).join("")}\n`;
    })
    .join("");
}

async function readSeedsFile(path: string): Promise<Seed[]> {
  const seeds: Seed[] = [];
  for await (const {at, value} of readRows([path])) {
    const {data, error} = Seed.safeParse(value);
    if (data === undefined) throw new TypeError(`${at}: ${error.issues[0].path.join(".")}: ${error.issues[0].message}`);
    seeds.push(data);
  }
  return seeds;
}
