import {basename} from "node:path";
import type {RunsFit} from "../run/fitRuns.js";
import type {Fit} from "../schema/fit.js";
import {mixInWords} from "./mixInWords.js";
import {plateauInWords} from "./plateauInWords.js";
import {figure, table} from "./table.js";

/** What was left out of a fit before it was made, a line each; empty where nothing was. */
export function aboutRuns({fit, missing, unmatched}: RunsFit): string {
  return [
    missing > 0 ? `${missing} runs have no value of ${fit.target} and were left out\n` : "",
    ...unmatched.map(({path, runs, partners}) =>
      runs + partners === 0
        ? ""
        : `${basename(path)}: ${runs} runs without a partner there were left out; ${partners} of its rows have no run\n`
    )
  ].join("");
}

/** A fit as a person reads it: coefficients, candidates, held-out error, influence, the best mixes. */
export function fitInWords(result: RunsFit): string {
  const {fit} = result;
  return [
    `${fit.law}: ${fit.target} over ${fit.inputs.join(", ")}, ${fit.n} runs, ${fit.lowerIsBetter ? "lower" : "higher"} is better\n`,
    `chosen by: ${fit.chosenBy}\n`,
    aboutRuns(result),
    ...fit.notes.map((note) => `${note}\n`),
    "\n",
    fit.first === null
      ? ""
      : `first ${fit.first.law}: ${fit.first.target} over ${fit.first.inputs.join(", ")}, ${fit.first.n} runs\n${coefficients(fit.first)}\n`,
    coefficients(fit),
    "\n",
    candidates(fit),
    "\n",
    heldOut(result),
    influence(fit),
    plateauInWords(fit),
    measured(result)
  ].join("");
}

function coefficients(fit: Fit): string {
  const level = `${figure(100 * fit.level)} %`;
  const all = Object.entries(fit.coefficients);
  const profiled = all.some(([, c]) => c.profile !== null);
  const rows = all.map(([name, c]) => [
    name,
    figure(c.value),
    `[${c.interval.map(figure).join(", ")}]`,
    ...(profiled
      ? [
          c.profile === null
            ? ""
            : `[${c.profile.map((end, i) => (end === null ? ("−∞∞"[2 * i] ?? "open") : figure(end))).join(", ")}]`
        ]
      : []),
    c.identified ? "yes" : "no",
    c.unit
  ]);
  const notes = all.filter(([, c]) => c.note !== "").map(([name, c]) => `${name}: ${c.note}\n`);
  const head = [
    "coefficient",
    "value",
    `${level} interval`,
    ...(profiled ? [`${level} profile`] : []),
    "identified",
    "unit"
  ];
  const fixed = Object.entries(fit.fixed).map(([name, value]) => `${name} = ${figure(value)}`);
  return [table([head, ...rows]), ...notes, fixed.length > 0 ? `not estimated: ${fixed.join(", ")}\n` : ""].join("");
}

function candidates(fit: Fit): string {
  return table([
    ["law", "k", "AICc", "CV error", "rollout error", "rollout Spearman", "note"],
    ...fit.candidates.map((c) => [
      c.law,
      String(c.k),
      figure(c.aicc),
      figure(c.cvRmse),
      figure(c.rollout?.rmse ?? null),
      figure(c.rollout?.spearman ?? null),
      c.note
    ])
  ]);
}

function heldOut({fit: {heldOut: h}, heldOut: {runs, extrapolated}}: RunsFit): string {
  if (h.n === 0) return "held out: nothing, for the runs are too few\n";
  const what = runs > 0 ? `${runs} runs` : `${h.n} predictions by cross-validation`;
  return [
    `held out: ${what}, rmse ${figure(h.rmse)}, mean relative error ${figure(h.meanRelativeError)}, Spearman ${figure(h.spearman)}\n`,
    extrapolated > 0
      ? `warning: ${extrapolated} of the ${runs} held-out runs lie outside the range of the runs that were fitted: their predictions are extrapolations\n`
      : ""
  ].join("");
}

function influence(fit: Fit): string {
  if (fit.influence.length === 0) return "";
  const shift = (moved: Readonly<Record<string, number>>) => {
    const [most] = Object.entries(moved)
      .map(([name, by]) => ({name, by, size: Math.abs(by) / width(fit.coefficients[name].interval)}))
      .sort((a, b) => b.size - a.size || (a.name < b.name ? -1 : 1));
    return `${most.name} ${most.by < 0 ? "−" : "+"}${figure(Math.abs(most.by))}`;
  };
  return (
    "\nmost influential runs, each left out in turn\n" +
    table([
      ["run", fit.target, "Cook's distance", "moves most"],
      ...fit.influence
        .slice(0, 5)
        .map((run) => [runInWords(fit, run.inputs), figure(run.value), figure(run.cooks), shift(run.shift)])
    ])
  );
}

/** What a run was: its mix, and whatever else was not the same in all runs. */
function runInWords({inputs, roles, domain}: Fit, values: Readonly<Record<string, number>>): string {
  const part = (shares: boolean) =>
    inputs.filter((name, j) => (roles[j] === "shares") === shares && (shares || domain[name][0] < domain[name][1]));
  const mix = mixInWords(Object.fromEntries(part(true).map((name) => [name, values[name]])));
  return [...part(false).map((name) => `${name} ${figure(values[name])}`), ...(mix === "" ? [] : [mix])].join(", ");
}

const width = ([low, high]: readonly [number, number]) => Math.max(high - low, Number.MIN_VALUE);

function measured({fit, grid}: RunsFit): string {
  if (grid === null) return "";
  const shares = [...fit.roles.keys()].filter((j) => fit.roles[j] === "share" || fit.roles[j] === "shares");
  const mix = (x: readonly number[]) => mixInWords(Object.fromEntries(shares.map((j) => [fit.inputs[j], x[j]])));
  const rivals = grid.points.filter(({difference: d}) => d !== null && d.interval[0] <= 0 && d.interval[1] >= 0);
  return [
    `\nbest mix that was run: ${mix(grid.best.x)}, mean ${figure(grid.best.mean)} of ${grid.best.runs} runs`,
    rivals.length > 0 ? `; not apart from it, in pairs by seed: ${rivals.map(({x}) => mix(x)).join("; ")}\n` : "\n"
  ].join("");
}
