import {z} from "zod";
import {Reply} from "./critics/ask.js";
import {readConstitution} from "./critics/constitution.js";
import {builtinConstitution} from "./critics/options.js";
import {textCritic} from "./critics/textCritic.js";

/**
 * Refuses texts that break a rule of a constitution, the recipe's own or the built-in one, by a panel of models; a judge
 * that fails a text must name the rule by its number. Reasons: rule-broken, disagreement, no-quorum.
 */
export const criticConstitution = textCritic({
  id: "critic-constitution",
  version: "1",
  failed: "rule-broken",
  values: ({text}, {constitution}) => ({text, rules: readConstitution(constitution)}),
  files: ({constitution = builtinConstitution}) => [constitution],
  reply: ({constitution}) => replyTo(readConstitution(constitution).length),
  reason: ({rule, reason}) => (rule === 0 ? reason : `rule ${rule}: ${reason}`)
});

/** Made once for each number of rules. */
function replyTo(rules: number) {
  return (forms[rules] ??= Reply.extend({rule: z.int().min(0).max(rules)}).refine(
    ({verdict, rule}) => (verdict === "fail") === rule > 0,
    {path: ["rule"], error: `expected a rule's number from 1 to ${rules} beside "fail", and 0 beside any other verdict`}
  ));
}

const forms: z.ZodType<Reply & {rule: number}>[] = [];
