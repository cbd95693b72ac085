import type {Calibration} from "../schema/calibration.js";
import type {Rate} from "../stats/judgeRates.js";
import {table} from "./table.js";

/** How judges did on texts whose truth is known, for a person. */
export function calibrateInWords({gold, critic, n, right, wrong, left, judges, panel, alpha}: Calibration): string {
  const out = Object.entries(left).map(([reason, count]) => `; ${count} left out: ${reason}`);
  const rows = judges.map(({judge, family, counted, sensitivity, specificity, reliability}) => [
    judge,
    family,
    share(counted, null),
    share(sensitivity, sensitivity.wilson),
    share(specificity, specificity.wilson),
    reliability === null ? "–" : `${digits(reliability.error)} [${reliability.interval.map(digits).join(", ")}]`
  ]);
  const whole = ["panel", "", "", share(panel.sensitivity, panel.sensitivity.wilson), share(panel.specificity, panel.specificity.wilson), ""]; // prettier-ignore
  const reasons = Object.entries(panel.reasons).map(([reason, count]) => `${reason} ${count}`);
  const agreement =
    alpha.alpha === null || alpha.interval === null
      ? "agreement between judges cannot be told"
      : `agreement between judges (Krippendorff's alpha): ${digits(alpha.alpha)} [${alpha.interval.map(digits).join(", ")}]`;
  return (
    `${gold}, ${critic}: ${n} texts, ${right} right, ${wrong} wrong${out.join("")}\n` +
    table([
      ["judge", "family", "votes that count", "right ones passed", "wrong ones failed", "calibration error"],
      ...rows,
      whole
    ]) + // prettier-ignore
    `not accepted: ${reasons.length === 0 ? "none" : reasons.join(", ")}; judges stand on both sides of ${panel.disagreements}\n${agreement}\n`
  );
}

function share({value, cases}: Rate, interval: [number, number] | null): string {
  if (value === null) return "–";
  return `${Math.round(value * cases)} of ${cases}${interval === null ? "" : ` [${interval.map(digits).join(", ")}]`}`;
}

function digits(value: number): string {
  return value.toFixed(3);
}
