import type {Fit} from "../../lib/schema/fit.js";
import {percent, scalar} from "../format.js";
import {sortableTable} from "../sortableTable.js";
import {pointsOf} from "./points.js";
import type {Result} from "./workbench.js";
import {span} from "./words.js";

const number = (value: unknown) => (typeof value === "number" ? scalar(value) : "");
const share = (value: unknown) => (typeof value === "number" ? percent(value, 2) : "");

/** Every law that competed, by three kinds of evidence side by side; empty where a law has none. */
export function candidatesTable({candidates, law}: Fit): HTMLElement {
  const least = Math.min(...candidates.map(({aicc}) => aicc ?? Infinity));
  return sortableTable(
    candidates.map((c) => ({
      law: c.law,
      chosen: c.law === law ? "chosen" : "",
      k: c.k,
      AICc: c.aicc,
      "above the least": c.aicc === null ? null : c.aicc - least,
      "cross-validation": c.cvRmse,
      rollout: c.rollout?.meanRelativeError ?? null,
      "rank order": c.rollout?.spearman ?? null,
      note: c.note
    })),
    {
      caption: "laws that competed",
      name: "ballast-candidates",
      rows: 30,
      columns: {
        law: {},
        chosen: {},
        k: {},
        AICc: {format: number},
        "above the least": {label: "Δ AICc", format: number},
        "cross-validation": {label: "left out, RMS", format: number},
        rollout: {label: "larger runs", format: share},
        "rank order": {label: "their order", format: number},
        note: {}
      }
    }
  );
}

/** Coefficients with their intervals, and whether the runs determine them. */
export function coefficientsTable({coefficients, level, bootstrap}: Fit): HTMLElement {
  return sortableTable(
    Object.entries(coefficients).map(([name, c]) => ({
      coefficient: name,
      value: c.value,
      interval: span(c.interval),
      profile: span(c.profile),
      verdict: c.identified ? "identified" : "not identified",
      unit: c.unit,
      note: c.note
    })),
    {
      caption: "coefficients of the law",
      name: "ballast-coefficients",
      rows: 40,
      columns: {
        coefficient: {},
        value: {format: number},
        interval: {label: `${percent(level)} interval, ${bootstrap.kind} bootstrap`},
        profile: {label: "by profile"},
        verdict: {},
        unit: {},
        note: {}
      }
    }
  );
}

/** The runs without which the fit would move most. */
export function influenceTable({fit, read}: Result): HTMLElement {
  const points = pointsOf(fit, read.columns, read.rows);
  return sortableTable(
    fit.influence.map(({inputs, value, seed, cooks, shift}) => {
      const [most] = Object.entries(shift).sort(([, a], [, b]) => Math.abs(b) - Math.abs(a));
      const near = (a: number, b: number) => Math.abs(a - b) <= 1e-3 * Math.abs(b);
      const run = points.find(
        (p) => near(p.measured, value) && p.seed === seed && fit.inputs.every((name, j) => near(p.x[j], inputs[name]))
      );
      return {
        row: run?.row ?? null,
        ...inputs,
        [fit.target]: value,
        predicted: run?.predicted ?? null,
        seed,
        "Cook's distance": cooks,
        "moves most": most === undefined ? "" : `${most[0]} by ${scalar(most[1])}`
      };
    }),
    {
      caption: "runs that move the fit most",
      name: "ballast-influence",
      rows: 10,
      columns: {
        row: {},
        "Cook's distance": {format: number},
        "moves most": {},
        ...Object.fromEntries(fit.inputs.map((name) => [name, {format: number}])),
        [fit.target]: {format: number},
        predicted: {format: number},
        ...(fit.influence.some(({seed}) => seed !== "") && {seed: {}})
      }
    }
  );
}
