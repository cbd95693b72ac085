import {availableParallelism} from "node:os";
import {progress} from "../io/progress.js";
import {readRows} from "../io/readRows.js";
import {joinsOf} from "./joinsOf.js";
import {verifyInWords} from "./verifyInWords.js";
import {withJudges, type Judges} from "../run/calibrationJudges.js";
import {readRecipe} from "../run/recipe.js";
import {shapes} from "../run/shapes/shapes.js";
import {verifyRows, type VerifyColumns} from "../run/verifyRows.js";
import {verifySamples, type VerifiedRow} from "../run/verifySamples.js";
import {writeVerification} from "../run/writeVerification.js";
import {Seed} from "../schema/seed.js";
import {findSandboxes} from "../verify/sandbox/chosen.js";
import {verifiers} from "../verify/verifiers.js";
import {integer, Misuse, parse, type Command} from "./command.js";
import {verifyCalibrate} from "./verifyCalibrate.js";

const text = {type: "string"} as const;
const several = {type: "string", multiple: true} as const;

/** Flags that name what a column is. */
const facts = ["text", "reference", "label", "name", "generator", "family", "source"] as const;
const sections = ["setup", "solution", "test"] as const;

/** `ballast verify`: verifiers over samples that somebody else made. */
export const command: Command = {
  usage:
    "IN… --with ID[,ID] [--as SHAPE] [--text SQL] [--setup SQL] [--solution SQL] [--test SQL] [--language WORDS] [--reference SQL] [--label SQL] [--name SQL] [--generator SQL] [--family SQL] [--source SQL] [--kind KIND] [--domain DOMAIN] [--join FILE --on KEY[,KEY]] [--seeds FILE] [--mutation-score 0.8] [--judges RECIPE.yaml [--calibrate]] [--workers N] [--out DIR|FILE [--publish-text]] [--json]",
  summary:
    "Runs verifiers over samples (Parquet, JSONL, JSON with text, kind, domain; public sets as they come; any table by columns in SQL) and counts their verdicts by reason, against labels where there are some. Critics ask the judges of a recipe; --calibrate measures these on IN, gold sets {text, source, label: pass or fail, pictures: files}.",
  async run(args) {
    const {values, positionals} = parse(
      args,
      {
        with: text,
        as: text,
        text,
        reference: text,
        label: text,
        name: text,
        generator: text,
        family: text,
        setup: text,
        solution: text,
        test: text,
        language: text,
        kind: text,
        domain: text,
        join: several,
        on: several,
        seeds: text,
        source: text,
        "mutation-score": {...text, default: "0.8"},
        judges: text,
        calibrate: {type: "boolean", default: false},
        workers: text,
        out: text,
        "publish-text": {type: "boolean", default: false},
        json: {type: "boolean", default: false}
      },
      {least: 1, most: Infinity}
    );
    const chosen = chosenVerifiers(values.with);
    if (values.as !== undefined && !shapes.some(({id}) => id === values.as))
      throw new Misuse(
        `--as: expected one of ${shapes.map(({id}) => id).join(", ")}, got ${JSON.stringify(values.as)}`
      );
    const lanes =
      values.workers === undefined ? availableParallelism() : integer("--workers", values.workers, {min: 1, max: 1024});
    const least = Number(values["mutation-score"]);
    if (!(least >= 0 && least <= 1))
      throw new Misuse(
        `--mutation-score: expected a number in [0, 1], got ${JSON.stringify(values["mutation-score"])}`
      );
    const asking = chosen.filter(({asks}) => asks !== undefined);
    if (asking.length > 0 && values.judges === undefined)
      throw new Misuse(`--judges: expected a recipe whose critics.judges ${asking[0].id} can ask, got nothing`);
    if (values.calibrate && asking.length < chosen.length)
      throw new Misuse(`--calibrate: expected critics that ask judges alone, got ${chosen.find((one) => !asking.includes(one))!.id}`); // prettier-ignore
    if (values.calibrate && values.judges === undefined)
      throw new Misuse("--calibrate: expected --judges RECIPE.yaml beside it, got none");
    const recipe = values.judges === undefined ? null : await readRecipe(values.judges);
    if (recipe !== null && values.calibrate) {
      const {json, out, family} = values;
      await withJudges(recipe.recipe, {folder: recipe.folder, critics: chosen}, (judges) => verifyCalibrate(positionals, chosen, judges, {json, out, family})); // prettier-ignore
      return 0;
    }
    const rows = verifyRows(positionals, {
      shape: values.as,
      columns: columnsOf(values),
      kind: values.kind,
      domain: values.domain,
      joins: joinsOf(values.join ?? [], values.on ?? [])
    });
    const corpus = await corpusOf(values.seeds);
    const sandboxes = await findSandboxes();
    const tools = await Promise.all(chosen.map(async (verifier) => (await verifier.tools?.()) ?? []));
    for (const line of new Set(tools.flat())) process.stderr.write(`${line}\n`);
    const write = (judges: Partial<Judges>) =>
      writeVerification(
        shown(verifySamples(rows, chosen, {corpus, leastMutationScore: least, ...judges}, {lanes: 2 * lanes})),
        values.out ?? null,
        {
          now: Date.now,
          publishText: values["publish-text"],
          tools: Object.fromEntries(sandboxes.filter(({there}) => there).map(({id, why}) => [id, why]))
        }
      );
    try {
      const tally = await (recipe === null
        ? write({})
        : withJudges(recipe.recipe, {folder: recipe.folder, critics: chosen}, write));
      process.stdout.write(values.json ? `${JSON.stringify({verifiers: tally})}\n` : verifyInWords(tally));
      return 0;
    } finally {
      await Promise.all(chosen.map((verifier) => verifier.close?.()));
    }
  }
};

function chosenVerifiers(list: string | undefined) {
  const ids = [...new Set((list ?? "").split(",").filter((id) => id !== ""))];
  const known = verifiers.map(({id}) => id).join(", ");
  if (ids.length === 0) throw new Misuse(`--with: expected one or more of ${known}, got nothing`);
  return ids.map((id) => {
    const verifier = verifiers.find((one) => one.id === id);
    if (verifier === undefined) throw new Misuse(`--with: expected one of ${known}, got ${JSON.stringify(id)}`);
    return verifier;
  });
}

function columnsOf(values: Readonly<Record<string, unknown>>): VerifyColumns | undefined {
  const given = (name: string) => values[name] as string | undefined;
  if (![...facts, ...sections].some((name) => given(name) !== undefined)) return undefined;
  const bodies = sections.flatMap((name) => (given(name) === undefined ? [] : [[name, given(name)!]]));
  if (given("text") === undefined && bodies.length === 0)
    throw new Misuse("expected --text, or --solution and --test, beside the other columns");
  return {
    ...Object.fromEntries(facts.flatMap((name) => (given(name) === undefined ? [] : [[name, given(name)!]]))),
    sections: Object.fromEntries(bodies),
    language: given("language") ?? ""
  };
}

/** Human seeds by domain; the same arrays for every call. */
async function corpusOf(path: string | undefined): Promise<(domain: string) => readonly Seed[]> {
  const byDomain = new Map<string, Seed[]>();
  if (path !== undefined)
    for await (const {at, value} of readRows([path])) {
      const {data, error} = Seed.safeParse(value);
      if (data === undefined)
        throw new TypeError(`${at}: ${error.issues[0].path.join(".")}: ${error.issues[0].message}`);
      if (!byDomain.has(data.domain)) byDomain.set(data.domain, []);
      byDomain.get(data.domain)!.push(data);
    }
  const none: readonly Seed[] = [];
  return (domain) => byDomain.get(domain) ?? none;
}

async function* shown(verified: AsyncIterable<VerifiedRow>): AsyncGenerator<VerifiedRow> {
  const bar = progress("verifying: samples", null);
  let done = 0;
  for await (const found of verified) {
    yield found;
    bar.update(++done);
  }
  bar.end();
}
