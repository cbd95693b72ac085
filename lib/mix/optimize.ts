import {tierOf} from "../scaling/tierOf.js";
import type {Fit} from "../schema/fit.js";
import type {Plan} from "../schema/plan.js";
import {groupBy} from "../stats/groupBy.js";
import {createRandom} from "../text/random.js";
import {best, cornersOf, sameForAll, type Best} from "./best.js";
import {blends, lattice} from "./candidates.js";
import {bounded} from "./bounded.js";
import {byDomain, byTier, cellsOf, cellOf, rootOf, shareInputs, type Cell} from "./cells.js";
import {inWords, rowsOf, smallestConflict, wouldBe} from "./conflict.js";
import {Constraints} from "./constraints.js";
import {checkCurved, curvedRules, type NamedCurvedRule} from "./curvedRules.js";
import {referenceShares} from "./divergence.js";
import {createAim, goalAt, type Aim} from "./goal.js";
import {bestOnLine, mixAt, shareRange, type Line} from "./line.js";
import {lossAt} from "./loss.js";
import {measuredRules} from "./measuredRules.js";
import {createMixFunction, type Setting} from "./mixFunction.js";
import {mixPlateau, type PlateauMix} from "./mixPlateau.js";
import {polytope, type Polytope} from "./polytope.js";
import {createMixPredictor, syntheticShare} from "./predict.js";
import {heldOutRisk} from "./risk.js";
import {checkRule, rulesOf, type Rule} from "./rules.js";
import {schedule} from "./schedule.js";
import type {Search} from "./search.js";
import {withSolver, type LoadHighs, type Solver} from "./solver.js";
import {drawOptima, spread} from "./thompson.js";
import {tradeOff} from "./tradeOff.js";
import {writtenShares} from "./writtenShares.js";

export interface OptimizeOptions {
  /** how to load HiGHS: `() => loadHighs()` in Node; on a page with `locateFile` for its wasm */
  highs: LoadHighs;
  constraints?: Constraints;
  /** fits of other benchmarks: for the objective and the rules, and predicted at the weights */
  others?: readonly Fit[];
  /** of the fit's file */
  sha256?: string;
  /** bootstrap draws that are optimised one by one, at most */
  draws?: number;
}

/** Mixes that a plateau lists at most. */
const listed = 60;

/** Shares that a plateau over one share is looked for at. */
const steps = 50;

/**
 * The best weights under the rules, with all that is known about them: what they are certain of, what each rule costs,
 * which other mixes are as good, and what may go wrong.
 *
 * Exact for linear laws (a linear program) and for laws over one share (the whole range is searched); with a proven gap
 * where all is convex; the best of many local searches elsewhere, with the gap that a branch and bound leaves for laws
 * made of ridges, and nothing proven for the others, which the certificate then says. The same arguments give the same
 * plan.
 *
 * @param fit its target is what the weights are chosen for, unless the constraints say otherwise
 * @throws RangeError if no mix keeps the rules, naming the smallest set of rules in conflict with their numbers; if the
 *   fit does not tell which tiers there are; if the objective or a rule names a benchmark without a fit
 */
export async function optimize(fit: Fit, options: OptimizeOptions): Promise<Plan> {
  return withSolver(options.highs, (solver) => plan(fit, options, solver));
}

function plan(
  fit: Fit,
  {constraints = Constraints.parse({}), others = [], sha256 = "", draws: most = Infinity}: OptimizeOptions,
  solver: Solver
): Plan {
  const synthetic = constraints.syntheticByTier ?? fit.syntheticByTier;
  const fits = [fit, ...others].map((one) => ({...one, syntheticByTier: one.syntheticByTier ?? synthetic}));
  fits[0] = {...fit, syntheticByTier: synthetic};
  const setting: Setting = {...constraints, syntheticByTier: synthetic ?? undefined};
  refuseUnread(constraints.at, fits);
  const cells = cellsOf(fits, setting);
  const n = cells.length;
  const functions = fits.map((one) => createMixFunction(one, cells, setting));
  const aim = createAim(constraints.objective, functions);
  const measured = aim.functions.flatMap((f) => measuredRules(f, cells));
  const names = cells.map(({name}) => name);
  const rules = rulesOf(constraints, names, {synthetic, measured: distinct(measured)});
  const reference = referenceShares(referenceOf(constraints, cells));
  const curved = curvedRules(constraints, functions, reference);
  const space = spaceOf(rules, n, solver);
  const search: Search = {goal: aim.goal, lambda: constraints.divergence.lambda, reference, space, curved};
  const line = lineOf(search, aim);
  const solve = (one: Search): Best | null => {
    const along = lineOf(one, aim);
    return along === null ? best(one, solver) : bestOnLine(one, along, solver);
  };
  const first = solve(search);
  if (first === null) throw noMix(search, curved, solver);
  const found = line === null ? bounded(search, first, solver) : first;
  const kept = constraints.measured ? distinct(measured) : [];
  const fixed = rules.filter(({rule}) => rule.startsWith("domain "));
  const free = solve({...search, lambda: 0, curved: [], space: spaceOf([...fixed, ...kept], n, solver)})!;
  const keyed = (values: ArrayLike<number>) => Object.fromEntries(names.map((name, j) => [name, values[j]]));
  const rows = rowsOf(rules);
  const named = (w: ArrayLike<number>) => keyed(writtenShares(w, rows));
  const written = writtenShares(found.w, rows);
  const weights = keyed(written);
  const draws = Math.min(aim.draws, most);
  const optima =
    line === null ? drawOptima(search, aim, found, solver, draws) : lineOptima(search, aim, line, solver, draws);
  const plateau =
    line === null
      ? mixPlateau(search, aim, candidates(search, found, optima, solver), {level: fit.level, draws})
          .map((point, i) => ({...point, first: i === 0}))
          .toSorted((a, b) => Number(b.first) - Number(a.first) || b.probability - a.probability || a.value - b.value)
          .slice(0, listed)
      : linePlateau(search, aim, line, found, solver, {level: fit.level, draws});
  const checks = [
    ...rules.map((rule, i) => {
      const check = checkRule(rule, written);
      const price = (found.prices[i] ?? 0) * (rule.shown?.unit(written) ?? 1);
      return {...check, shadowPrice: check.binding ? price : 0};
    }),
    ...curved.map((rule, i) => {
      const check = checkCurved(rule, found.w);
      return {...check, shadowPrice: check.binding ? found.curvedPrices[i] : 0};
    })
  ];
  const value = goalAt(aim.goal, found.w);
  const freeValue = goalAt(aim.goal, free.w);
  const risk = heldOutRisk(fits, weights, setting, constraints.heldOut);
  const mean = draws === 0 ? null : spread(optima, n);
  const curve =
    constraints.reference === undefined && constraints.divergence.grid === undefined && search.lambda === 0
      ? []
      : tradeOff(search, found, solver, constraints.divergence.grid);
  return {
    version: 1,
    weights: cleaned(byTier(cells, written)),
    byDomain: byDomain(cells, written),
    syntheticShare: synthetic === null ? null : syntheticShare(weights, synthetic),
    bounds: bounds(space, cells, solver),
    objective: {...aim.facts, lambda: search.lambda, value: aim.shown(value)},
    certificate: found.certificate,
    at: Object.assign({}, ...functions.map(({at}) => at)) as Record<string, number>,
    predicted: Object.fromEntries(fits.map((one) => [one.target, createMixPredictor(one, setting)(weights)])),
    plateau: plateau.map(({w, value: v, probability}) => ({weights: named(w), value: aim.shown(v), probability})),
    thompson: mean === null ? null : {weights: named(mean.mean), sd: cleaned(keyed(mean.sd)), draws},
    position: position(found, line, space, names, checks),
    unconstrained: {
      weights: keyed(writtenShares(free.w)),
      value: aim.shown(freeValue),
      // Two searches may end a rounding apart.
      gap: value - freeValue < 1e-9 * (1 + Math.abs(value)) ? 0 : value - freeValue
    },
    tradeOff: curve.map(({w, value: v, ...point}) => ({...point, weights: named(w), value: aim.shown(v)})),
    rules: [...checks, ...heldOutRule(constraints, fits)],
    risk: {...risk, note: [risk.note, ...unchecked(constraints, synthetic)].join("; ")},
    schedule: phases(weights, rules, constraints),
    fit: {law: fit.law, target: fit.target, sha256},
    tokenizer: fit.data.tokenizer
  };
}

/** The tiers that a fit's mixes are made of; null where it is over the synthetic share and names none. */
export function tiersOf(fit: Fit): string[] | null {
  const shares = shareInputs(rootOf(fit));
  if (shares.length > 0) return [...new Set(shares.map((input) => cellOf(input).tier))];
  return fit.syntheticByTier === null ? null : Object.keys(fit.syntheticByTier).sort();
}

/** A value of `at` that no fit reads is a slip, which must not pass for a prediction there. */
function refuseUnread(at: Readonly<Record<string, number>>, fits: readonly Fit[]): void {
  const all = fits.flatMap((fit) => (fit.first === null ? [fit] : [fit, rootOf(fit)]));
  const known = all.flatMap(({inputs, roles}) =>
    roles.flatMap((role, i) => (["share", "shares", "supplies", "loss"].includes(role) ? [] : [inputs[i], role]))
  );
  for (const name of Object.keys(at))
    if (!known.includes(name))
      throw new RangeError(
        `at.${name}: expected ${known.length === 0 ? "no variable, as the fit reads the mix alone" : `one of ${[...new Set(known)].join(", ")}`}, got ${name}`
      );
}

/** The space of mixes that keep the linear rules, or the error that names the rules in conflict. */
function spaceOf(rules: readonly Rule[], n: number, solver: Solver): Polytope {
  const space = polytope(rowsOf(rules), n, solver);
  if (space !== null) return space;
  const conflict = wouldBe(smallestConflict(rules, n, solver), n, solver);
  throw new RangeError(`expected rules that some mix can keep; these cannot be kept together: ${inWords(conflict)}`);
}

/** The error for rules that are not linear: which of them no mix of the others keeps, and how near one comes. */
function noMix(search: Search, curved: readonly NamedCurvedRule[], solver: Solver): RangeError {
  const needed = curved.reduce<readonly NamedCurvedRule[]>((kept, rule) => {
    const without = kept.filter((other) => other !== rule);
    return best({...search, curved: without}, solver) === null ? without : kept;
  }, curved);
  const numbers = needed.map((rule) => {
    const others = needed.filter((other) => other !== rule);
    const goal = {kind: "loss", losses: [rule.loss], tail: 1} as const;
    const nearest = best({...search, goal, lambda: 0, curved: others}, solver);
    return `${rule.rule} (${rule.statement}${nearest === null ? "" : `; the best that the other rules leave is ${Number(rule.shownValue(nearest.w).toPrecision(6))}`})`;
  });
  return new RangeError(
    `expected rules that some mix can keep; beside the linear rules these cannot be kept: ${numbers.join(", ")}`
  );
}

/** The one share that all depends on, where a goal is one law over one share and no rule sees more. */
function lineOf({goal, lambda, curved}: Search, {functions}: Aim): Line | null {
  const [f] = functions;
  if (goal.kind !== "loss" || goal.losses[0].parts.length !== 1 || f.along === null || lambda > 0 || curved.length > 0)
    return null;
  return {a: f.along, sure: f.quadratic || f.curvature !== "unknown" || f.fit.law === "share-log"};
}

/** The best mix of each draw, where one share decides: the mixes of the shares between lie between the mixes. */
function lineOptima(search: Search, aim: Aim, {a}: Line, solver: Solver, draws: number): Float64Array[] {
  const {mixes} = path(search, a, solver);
  return Array.from({length: draws}, (_, b) => {
    const goal = aim.draw(b);
    return mixes.reduce((top, w) => (goalAt(goal, w) < goalAt(goal, top) ? w : top));
  });
}

/** The mixes along one share, each the nearest to the reference with its share. */
function path(search: Search, a: Float64Array, solver: Solver): {mixes: Float64Array[]} {
  const [low, high] = shareRange(search, a, solver);
  const at = mixAt(search, a, solver);
  if (high - low < 1e-9) return {mixes: [at(low)]};
  return {mixes: Array.from({length: steps + 1}, (_, i) => at(low + ((high - low) * i) / steps))};
}

function linePlateau(
  search: Search,
  aim: Aim,
  {a}: Line,
  found: Best,
  solver: Solver,
  options: {level: number; draws: number}
): PlateauMix[] {
  const share = (w: ArrayLike<number>) => a.reduce((sum, v, j) => sum + v * w[j], 0);
  const others = path(search, a, solver).mixes.filter((w) => Math.abs(share(w) - share(found.w)) > 1e-9);
  return mixPlateau(search, aim, [found.w, ...others], options).toSorted((p, q) => share(p.w) - share(q.w));
}

/** Mixes to compare with the best: near it, the draws' own optima, and mixes all over the polytope. */
function candidates(
  {space, curved}: Search,
  {w}: Best,
  optima: readonly Float64Array[],
  solver: Solver
): ArrayLike<number>[] {
  const n = space.n;
  const corners = cornersOf({space}, solver).map((corner) => Array.from(corner));
  const middle = Array.from(w);
  // A plateau is often narrower than the lattice: look close to the best as well.
  const near = corners
    .slice(0, 40)
    .flatMap((v) => [0.02, 0.05, 0.1, 0.2].map((t) => middle.map((b, i) => b + t * (v[i] - b))));
  const rows = space.given;
  const grid = n <= 5 ? lattice(rows, n, n <= 3 ? 20 : 10) : [];
  const wide = grid.length >= 30 ? grid : [...corners, ...blends(corners, 100, createRandom("candidates", n))];
  const own = apart(optima, 2);
  const fits = (mix: ArrayLike<number>) => curved.every(({loss, bound}) => lossAt(loss, mix) <= bound + 1e-9);
  return apart([w, ...[...near, ...own.slice(0, 60), ...wide].filter(fits)], 5);
}

/** Mixes without those that are one of the former to so many digits. */
function apart(mixes: readonly ArrayLike<number>[], digits: number): ArrayLike<number>[] {
  const groups = groupBy(mixes, (w) => Array.from(w, (v) => v.toFixed(digits)).join());
  return [...groups.values()].map(([first]) => first);
}

function distinct(rules: readonly Rule[]): Rule[] {
  return [...new Map(rules.map((rule) => [rule.statement, rule])).values()];
}

function referenceOf({reference}: Constraints, cells: readonly Cell[]): number[] {
  if (reference === undefined) return cells.map(() => 1);
  const tiers = cells.map(({tier}) => tier);
  // A tier's part goes to its domains in equal shares, where domains are not named.
  return cells.map(
    ({name, tier}) => reference[name] ?? (reference[tier] ?? 0) / tiers.filter((other) => other === tier).length
  );
}

function heldOutRule({heldOut}: Constraints, fits: readonly Fit[]): Plan["rules"] {
  if (heldOut.length === 0) return [];
  const value = fits.filter((fit) => heldOut.includes(fit.target)).length;
  const statement = `at least one benchmark is held out and human-made: ${heldOut.join(", ")}`;
  return [{rule: "held-out", statement, value, bound: 1, ok: value >= 1, binding: false, shadowPrice: null}];
}

function unchecked(constraints: Constraints, synthetic: Readonly<Record<string, number>> | null): string[] {
  const notes: string[] = [];
  if (constraints.heldOut.length === 0) notes.push("no benchmark was named as held out and human-made");
  if (constraints.generators === undefined || synthetic === null)
    notes.push("the single-generator rule was not checked: the tiers' generators were not given");
  return notes;
}

function position(
  found: Best,
  line: Line | null,
  space: Polytope,
  names: readonly string[],
  checks: Plan["rules"]
): string {
  if (found.certificate.note === sameForAll)
    return "undecided: the fit sees no difference between mixes, the reference decides";
  const at =
    line === null ? edge(found.w, space, names) : end(found as Best & {low: number; high: number; share: number});
  if (at === null) return "interior";
  const binding = [...new Set(checks.filter((check) => check.binding).map((check) => check.statement))];
  return binding.length === 0 ? at : `${at} (${binding.join(", ")})`;
}

function end({low, high, share}: {low: number; high: number; share: number}): string | null {
  const which = share - low < 1e-6 ? "lowest" : high - share < 1e-6 ? "highest" : null;
  return which === null ? null : `corner: synthetic share ${Number(share.toFixed(4))}, the ${which} that is allowed`;
}

/** The edge of the polytope that a mix lies on: a corner where it has no freedom left. */
function edge(w: ArrayLike<number>, {given}: Polytope, names: readonly string[]): string | null {
  const zeros = names.filter((_, i) => w[i] < 1e-6).map((name) => `${name} = 0`);
  const tight = given.filter(({a, bound}) => bound - a.reduce((sum, v, i) => sum + v * w[i], 0) < 1e-6);
  // A row that only says that a weight is not negative is the zero itself.
  const more = tight.filter(({a, bound}) => bound !== 0 || a.filter((v) => v !== 0).length > 1).length;
  if (zeros.length + more === 0) return null;
  const name = zeros.length + more >= w.length - 1 ? "corner" : "face";
  return zeros.length === 0 ? name : `${name}: ${zeros.join(", ")}`;
}

/** The lowest and highest share of each tier that the rules leave. */
function bounds({bands}: Polytope, cells: readonly Cell[], solver: Solver): Plan["bounds"] {
  const tiers = [...new Set(cells.map(({tier}) => tier))];
  const costs = tiers.flatMap((tier) => [1, -1].map((sign) => cells.map((cell) => (cell.tier === tier ? sign : 0))));
  const values = solver.many(bands, costs).map((solution) => solution!.value);
  return Object.fromEntries(tiers.map((tier, i) => [tier, [clean(values[2 * i]), clean(-values[2 * i + 1])]]));
}

/** The schedule over training. Caps on repetition hold for the run as a whole, and are the schedule's own to keep. */
function phases(
  weights: Readonly<Record<string, number>>,
  rules: readonly Rule[],
  {tokens, supply, repetition}: Constraints
): Plan["schedule"] {
  const known = Object.fromEntries(Object.entries(supply).filter(([name]) => Object.hasOwn(weights, name)));
  const each = rules.filter(({rule}) => !rule.startsWith("repetition "));
  return schedule(weights, {
    rules: each,
    ...(tokens !== undefined && {tokens}),
    supply: known,
    repetition,
    anchors: Object.keys(weights).filter((name) => ["T0", "T1"].includes(tierOf(name)))
  }).map(({from, to, weights: mix, note}) => {
    const shares = writtenShares(Object.values(mix), rowsOf(each));
    return {from, to, weights: Object.fromEntries(Object.keys(mix).map((name, j) => [name, shares[j]])), note};
  });
}

function cleaned(weights: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(weights).map(([name, w]) => [name, clean(w)]));
}

function clean(value: number): number {
  const rounded = Number(value.toFixed(9));
  return rounded === 0 ? 0 : rounded;
}
