import {join} from "node:path";
import {writeAtomic} from "../io/atomic.js";
import {auditPlan} from "../run/auditPlan.js";
import {auditTasks, planHash, tasksJsonl} from "../run/auditTasks.js";
import type {AuditRule} from "../schema/audit.js";
import {sprt, sprtLength} from "../stats/sprt.js";
import {canonicalJson} from "../text/json.js";
import {integer, Misuse, parse, type Command} from "./command.js";

const text = {type: "string"} as const;

/** `ballast audit plan`: draws samples and writes the plan, and beside it a file of tasks for each labeller. */
export const plan: Omit<Command, "summary"> = {
  usage:
    "DIR [--plan zero-defect|sprt] [--defects 0.01] [--fine 0.01] [--confidence 0.95] [--double 0.15] [--labellers first,second] [--reasons SLUG,…] [--floor 5] [--disagreements N] [--seed 1] [--out FILE] [--json]",
  async run(args) {
    const {values, positionals} = parse(
      args,
      {
        plan: {...text, default: "zero-defect"},
        defects: text,
        fine: text,
        confidence: {...text, default: "0.95"},
        double: {...text, default: "0.15"},
        labellers: {...text, default: "first,second"},
        reasons: text,
        floor: {...text, default: "5"},
        disagreements: text,
        seed: {...text, default: "1"},
        out: text,
        json: {type: "boolean", default: false}
      },
      {least: 1}
    );
    const [folder] = positionals;
    const out = values.out ?? join(folder, "audit-plan.json");
    if (!out.endsWith(".json")) throw new Misuse(`--out: expected a file ending in .json, got ${JSON.stringify(out)}`);
    const labellers = slugs("--labellers", values.labellers);
    const double = share("--double", values.double);
    if (double > 0 && labellers.length < 2)
      throw new Misuse(`--double: expected 0 with one labeller, who looks at each sample once, got ${double}`);
    const made = await auditPlan(folder, {
      rule: ruleOf(values),
      seed: integer("--seed", values.seed),
      ...{double, labellers},
      ...(values.reasons === undefined ? {} : {reasons: slugs("--reasons", values.reasons)}),
      floor: integer("--floor", values.floor),
      disagreements: values.disagreements === undefined ? Infinity : integer("--disagreements", values.disagreements)
    });
    await writeAtomic(out, `${canonicalJson(made, 1)}\n`);
    const files = [];
    for (const tasks of await auditTasks(folder, made)) {
      const path = out.replace(/\.json$/, `.${tasks.head.labeller}.jsonl`);
      await writeAtomic(path, tasksJsonl(tasks));
      files.push({labeller: tasks.head.labeller, path, tasks: tasks.head.tasks});
    }
    const {rule, frame, votes, strata, samples} = made;
    if (values.json) {
      const twice = samples.filter((one) => one.labellers.length > 1).length;
      const facts = {
        plan: out,
        sha256: planHash(made),
        rule,
        frame,
        votes,
        strata,
        samples: samples.length,
        twice,
        files
      };
      process.stdout.write(`${JSON.stringify(facts)}\n`);
    } else {
      process.stdout.write(`${out}: ${samples.length} of ${frame.rows} samples of ${strata.length} strata\n`);
      for (const {labeller, path, tasks} of files) process.stdout.write(`${path}: ${tasks} tasks for ${labeller}\n`);
      if (!votes)
        process.stdout.write(
          "no votes of judges are in the data set: samples on which they disagree are not set apart\n"
        );
    }
    return 0;
  }
};

function ruleOf(values: {plan: string; defects?: string; fine?: string; confidence: string}): AuditRule {
  const confidence = share("--confidence", values.confidence);
  if (!(confidence > 0 && confidence < 1))
    throw new Misuse(`--confidence: expected more than 0 and less than 1, got ${confidence}`);
  if (values.plan === "zero-defect") {
    if (values.fine !== undefined) throw new Misuse("--fine: expected with --plan sprt alone");
    const defects = share("--defects", values.defects ?? "0.01");
    if (!(defects > 0 && defects < 1))
      throw new Misuse(`--defects: expected more than 0 and less than 1, got ${defects}`);
    return {plan: "zero-defect", defects, confidence};
  }
  if (values.plan !== "sprt")
    throw new Misuse(`--plan: expected zero-defect or sprt, got ${JSON.stringify(values.plan)}`);
  const p0 = share("--fine", values.fine ?? "0.01");
  const p1 = share("--defects", values.defects ?? "0.05");
  if (!(p0 > 0 && p0 < p1 && p1 < 1)) throw new Misuse(`expected 0 < --fine < --defects < 1, got ${p0} and ${p1}`);
  const error = Number((1 - confidence).toPrecision(12));
  if (!(error < 0.5)) throw new Misuse(`--confidence: expected more than 0.5, got ${confidence}`);
  const spec = {p0, p1, alpha: error, beta: error};
  return {plan: "sprt", ...spec, most: sprtLength(sprt(spec))};
}

function share(flag: string, value: string): number {
  const number = Number(value);
  if (value.trim() === "" || !(number >= 0 && number <= 1))
    throw new Misuse(`${flag}: expected a share from 0 to 1, got ${JSON.stringify(value)}`);
  return number;
}

function slugs(flag: string, value: string): string[] {
  const list = value.split(",").filter((one) => one !== "");
  for (const one of list)
    if (!/^[a-z][a-z0-9-]*$/.test(one))
      throw new Misuse(`${flag}: expected lowercase slugs, got ${JSON.stringify(one)}`);
  if (list.length === 0 || new Set(list).size < list.length)
    throw new Misuse(`${flag}: expected one or more different slugs, got ${JSON.stringify(value)}`);
  return list;
}
