import {writeAtomic} from "../io/atomic.js";
import {auditApply} from "../run/auditApply.js";
import {auditScore} from "../run/auditScore.js";
import {canonicalJson} from "../text/json.js";
import {auditInWords} from "./auditInWords.js";
import {Misuse, parse, type Command} from "./command.js";

/** `ballast audit score`: what labels say of a plan. */
export const score: Omit<Command, "summary"> = {
  usage: "DIR --labels FILE… [--plan FILE] [--out FILE] [--apply] [--json]",
  async run(args) {
    const {values, positionals} = parse(
      args,
      {
        labels: {type: "string", multiple: true},
        plan: {type: "string"},
        out: {type: "string"},
        apply: {type: "boolean", default: false},
        json: {type: "boolean", default: false}
      },
      {least: 1, most: Infinity}
    );
    const [folder, ...more] = positionals;
    const files = [...(values.labels ?? []), ...more];
    if (values.labels === undefined) throw new Misuse("--labels: expected one or more files of labels, got none");
    const {plan, labels, repeated, result} = await auditScore(folder, files, {plan: values.plan});
    if (values.out !== undefined) await writeAtomic(values.out, `${canonicalJson(result, 2)}\n`);
    const applied = values.apply ? await auditApply(folder, plan, labels, result) : null;
    process.stdout.write(
      values.json ? `${JSON.stringify({...result, repeated, applied})}\n` : auditInWords(result, {repeated, applied})
    );
    return result.decision === "accept" ? 0 : 1;
  }
};
