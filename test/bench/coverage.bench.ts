import {coverage} from "../scaling/tierCoverage.js";
import {borderline, studies} from "../scaling/tierStudies.js";
import type {BenchRow} from "./row.js";

const seeds = 1000;
const percent = (part: number, of: number): number => (100 * part) / of;

/** The cover of 95 % intervals of the tier law's coefficients over simulated studies, wherever they are identified. */
export function bench(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const row = (name: string, value: number, limit: BenchRow["limit"], note: string) =>
    rows.push({name, value, unit: "%", limit, note});
  for (const study of studies) {
    process.stderr.write(`  ${study.name} …\n`);
    const covers = coverage(study, seeds);
    const told = covers.filter(({identified}) => identified > 0);
    const by = told.map(({name, identified, covered}) => ({name, share: percent(covered, identified)}));
    by.sort((a, b) => a.share - b.share);
    const rarely = covers.filter(({identified}) => identified < seeds);
    const seen = rarely.map(({name, identified}) => `${name} identified in ${percent(identified, seeds).toFixed(1)} %`);
    const last = by.at(-1)!;
    row(
      `Tier law, ${study.name}: least cover of ${by.length} coefficients`,
      by[0].share,
      {value: 93, sense: ">="},
      `${by[0].name}; ${seeds} seeds${seen.length === 0 ? ", all identified in all" : `; ${seen.join(", ")}`}`
    );
    row(`Tier law, ${study.name}: most cover`, last.share, {value: 97, sense: "<="}, last.name);
  }
  for (const study of borderline) {
    process.stderr.write(`  ${study.name} …\n`);
    const [{identified, covered, plain}] = coverage(study, seeds, {names: ["R"]});
    const note = `R identified in ${percent(identified, seeds).toFixed(1)} % of ${seeds} seeds; the plain profile covers ${percent(plain, identified).toFixed(1)} %`;
    // Few samples: three binomial deviations of what is left of them beside the two percent that are asked for.
    const half = Math.max(2, 300 * Math.sqrt((0.95 * 0.05) / identified));
    const value = percent(covered, identified);
    row(`Tier law, ${study.name}: cover of R where it is identified`, value, {value: 95 - half, sense: ">="}, note);
  }
  return Promise.resolve(rows);
}
