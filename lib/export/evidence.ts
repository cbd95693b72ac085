import type {Exported} from "./format.js";

/** The evidence for a plan's weights, one line each, without line breaks of its own: what a comment header says. */
export function evidenceOf({plan, planSha256, data}: Exported): string[] {
  const number = (value: number) => String(Number(value.toPrecision(6)));
  const lines = [
    "Tier weights as shares of training tokens, from a Ballast plan.",
    `plan sha256 ${planSha256}`,
    `fit ${plan.fit.law} of ${plan.fit.target}, sha256 ${plan.fit.sha256 || "unknown"}`,
    `data set ${data === null ? "not given" : `${data.card.name}, recipe sha256 ${data.card.recipeSha256}`}`,
    `tokenizer ${plan.tokenizer ?? "unknown"}`,
    `weights ${Object.entries(plan.weights)
      .map(([tier, weight]) => `${tier} ${number(weight)}`)
      .join(", ")}; synthetic share ${plan.syntheticShare === null ? "unknown" : number(plan.syntheticShare)}`,
    ...Object.entries(plan.predicted).map(
      ([name, {value, interval, extrapolated}]) =>
        `predicted ${name} ${number(value)} [${interval.map(number).join(", ")}]${extrapolated ? ", an extrapolation" : ""}`
    ),
    `optimum: ${plan.position}`,
    ...plan.schedule.map(({note}) => note),
    ...plan.rules.map(
      ({statement, value, ok, binding}) =>
        `rule: ${statement}: ${number(value)}, ${ok ? "kept" : "BROKEN"}${binding ? ", binding" : ""}`
    ),
    `collapse risk ${plan.risk.collapse === null ? plan.risk.note : `${number(plan.risk.collapse)} (${plan.risk.note})`}`
  ];
  // Names come from files: a line break in one must not end the comment it is in.
  return lines.map((line) => line.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").toWellFormed());
}

/** Evidence as a comment of a language whose comments start with `#`. */
export function hashComment(lines: readonly string[]): string {
  return lines.map((line) => `# ${line}\n`).join("");
}
