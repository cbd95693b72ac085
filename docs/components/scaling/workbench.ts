import {html} from "npm:htl";
import type {RunsRead} from "../../lib/run/observationsOf.js";
import {overLoss} from "../../lib/run/overLoss.js";
import {nameOf} from "../../lib/run/selection.js";
import type {FitOptions} from "../../lib/scaling/fit.js";
import type {Observations} from "../../lib/scaling/observations.js";
import type {Fit} from "../../lib/schema/fit.js";
import {createFitPool} from "../fitPool.js";
import {plural} from "../format.js";
import {FieldError, openRuns, type PageRuns, type RunsFile} from "../runsDatabase.js";
import {suggest, toChoices, type Choices} from "./choices.js";
import {choicesForm} from "./choicesForm.js";
import type {Example} from "./examples.js";
import {fromHash, toHash, type LinkedTable} from "./link.js";
import {clusterOf, readRuns} from "./readRuns.js";
import {tableInput} from "./tableInput.js";

/** A fit with what it was made from. */
export interface Result {
  readonly fit: Fit;
  readonly choices: Choices;
  readonly read: RunsRead;
  readonly options: FitOptions;
  /** fits the same runs, or others, in workers; rejected once the reader asks for another fit */
  more(columns: Observations, options: FitOptions): Promise<Fit>;
  /** the page says that it has drawn this; until then the form is busy */
  drawn(): void;
}

/** A form whose value is the last fit that was asked of it; it tells of a new one by an `input` event. */
export type Workbench = HTMLElement & {value: Result | null};

/**
 * Takes a table of runs and what to fit of it, fits it in workers and has the result as its value. The table, if it is
 * small, and the choices are kept in the address, so that a link brings another reader to the same fit.
 *
 * @param options.examples tables that the page brings; the first, or what the address names, is fitted at once
 */
export function workbench({
  examples,
  workers = Math.max(1, Math.min(8, navigator.hardwareConcurrency - 1 || 1))
}: {
  examples: readonly Example[];
  workers?: number;
}): Workbench {
  let file: RunsFile | null = null;
  let table: LinkedTable = {kind: "absent", name: ""};
  let runs: PageRuns | null = null;
  let running = new AbortController();
  let turn = 0;
  const pool = createFitPool({workers});
  /** choices of a link whose table is still to be dropped */
  let kept: Choices | null = null;

  const form = choicesForm();
  const input = tableInput({
    examples,
    onFile: (dropped) => void use(dropped, own(dropped), kept),
    onExample: (example) => void useExample(example, example.choices)
  });
  const fitButton = html`<button type="submit" class="button primary">Fit</button>` as HTMLButtonElement;
  const stopButton = html`<button type="button" class="button" disabled>Stop</button>` as HTMLButtonElement;
  const linkButton = html`<button type="button" class="button" disabled>Copy link</button>` as HTMLButtonElement;
  const bar = html`<progress aria-label="progress of the fit" hidden></progress>` as HTMLProgressElement;
  const status = html`<span class="quiet" role="status"></span>`;
  const stale = html`<p class="beware" id="stale" role="status"></p>`;
  const failure = html`<p id="fit-error" class="field-error" role="alert"></p>`;
  const element = html`<form novalidate class="workbench">
    ${input.element} ${form.element}
    <div class="buttons">${fitButton} ${stopButton} ${linkButton} ${bar} ${status}</div>
    ${failure} ${stale}
  </form>`;
  const bench = Object.assign(element, {value: null as Result | null}) as Workbench;

  function busy(text: string): void {
    const working = text !== "";
    bar.hidden = !working;
    stopButton.disabled = !working;
    element.setAttribute("aria-busy", String(working));
    if (working) {
      bar.removeAttribute("value");
      status.textContent = text;
    }
  }

  function stop(): void {
    turn++;
    running.abort(new Error("another fit was asked for"));
    running = new AbortController();
    busy("");
  }

  /** What stands below was found before what is asked now. */
  function outdated(): void {
    if (bench.value === null) return;
    const {target, data} = bench.value.fit;
    stale.textContent = `Still below: ${target} in ${data.source}, as it was fitted before.`;
  }

  function refuse(error: unknown): void {
    busy("");
    status.textContent = "";
    const {message, field} = error as Error & {field?: string};
    if (error instanceof FieldError && field === "file") input.refuse(message);
    else if (field === undefined || !form.refuse(field, message)) failure.textContent = message;
    const first = element.querySelector<HTMLElement>("[aria-invalid=true]");
    if (first !== null && element.contains(document.activeElement)) first.focus();
  }

  async function use(next: RunsFile, linked: LinkedTable, choices: Choices | null): Promise<void> {
    stop();
    const mine = turn;
    failure.textContent = "";
    input.refuse("");
    form.clear();
    outdated();
    busy(`reading ${next.name}`);
    try {
      const opened = await openRuns(next);
      if (mine !== turn) return;
      // A table with the columns of the one before is the same table, corrected: what was asked of it stays.
      const again = choices === null && sameColumns(runs, opened);
      [file, table, runs, kept] = [next, linked, opened, null];
      form.offer(opened.columns);
      if (!again) form.write(choices ?? {...suggest(opened.columns), ...drawing(form.read())});
      const example = linked.kind === "example" ? examples.find(({id}) => id === linked.id) : undefined;
      const names = opened.columns.map(({name}) => name);
      const shown = names.length > 30 ? [...names.slice(0, 30), `${names.length - 30} more`] : names;
      input.show(
        example?.id ?? "",
        `${example === undefined ? next.name : example.about} ${plural(opened.rows, "row")}; columns ${shown.join(", ")}.`
      );
    } catch (error) {
      if (mine === turn) refuse(error);
      return;
    }
    await start();
  }

  async function useExample(example: Example, choices: Choices): Promise<void> {
    const got = await example.file();
    await use(got, {kind: "example", id: example.id}, choices.target === "" ? null : choices);
  }

  async function start(): Promise<void> {
    stop();
    const mine = turn;
    failure.textContent = "";
    form.clear();
    if (runs === null || file === null)
      return refuse(new FieldError("file", "expected a table of runs first, got none"));
    outdated();
    const began = performance.now();
    try {
      const choices = form.read();
      check(choices);
      const {signal} = running;
      const more: Result["more"] = (columns, how) => pool.fit(columns, how, signal);
      const tell = (text: string) => mine === turn && busy(text);
      const {fit, read, options} = await fitted(runs, file, choices, {more, tell});
      if (mine !== turn) return;
      await remember(choices);
      if (mine !== turn) return;
      const seconds = (performance.now() - began) / 1000;
      const missing = read.missing === 0 ? "" : `; ${plural(read.missing, "run")} without a value left out`;
      status.textContent = `${fit.law}, ${plural(fit.n, "run")}, in ${seconds.toFixed(1)} s${missing}`;
      linkButton.disabled = false;
      await new Promise<void>((drawn) => {
        bench.value = {fit, choices, read, options, more, drawn};
        bench.dispatchEvent(new Event("input", {bubbles: true}));
      });
      if (mine !== turn) return;
      stale.textContent = "";
      busy("");
    } catch (error) {
      if (mine === turn) refuse(error);
    }
  }

  /** Keeps the table and the choices in the address. */
  async function remember(choices: Choices): Promise<boolean> {
    const {hash, whole} = await toHash({table, choices});
    history.replaceState(null, "", hash);
    return whole;
  }

  async function copyLink(): Promise<void> {
    if (bench.value === null) return;
    const whole = await remember(bench.value.choices);
    const note = whole ? "" : "; the table is too large to be in it and has to be dropped again";
    try {
      await navigator.clipboard.writeText(location.href);
      status.textContent = `the link is copied${note}`;
    } catch {
      status.textContent = `the link is in the address bar${note}`;
    }
  }

  async function followAddress(): Promise<boolean> {
    const linked = await fromHash(location.hash);
    if (linked === null) return false;
    const {table: from, choices} = linked;
    if (from.kind === "absent") {
      form.write(choices);
      input.show("", "");
      input.refuse(`the link names ${from.name}, which was too large to travel in it: drop it here again`);
      kept = choices;
      return true;
    }
    const example = from.kind === "example" ? examples.find(({id}) => id === from.id) : undefined;
    if (example !== undefined) await useExample(example, choices);
    else if (from.kind === "text")
      await use({name: from.name, bytes: new TextEncoder().encode(from.text)}, from, choices);
    else return false;
    return true;
  }

  function own(dropped: RunsFile): LinkedTable {
    const text = dropped.bytes.length < 100_000 && !dropped.name.endsWith(".parquet") ? decode(dropped.bytes) : null;
    return text === null ? {kind: "absent", name: dropped.name} : {kind: "text", name: dropped.name, text};
  }

  element.addEventListener("submit", (event) => {
    event.preventDefault();
    void start();
  });
  // The value is the fit alone: what is typed into a field is no news to the page.
  for (const type of ["input", "change"])
    element.addEventListener(type, (event) => event.target !== element && event.stopPropagation(), {capture: false});
  stopButton.addEventListener("click", () => {
    stop();
    status.textContent = "stopped";
    fitButton.focus();
  });
  linkButton.addEventListener("click", () => void copyLink());
  addEventListener("hashchange", () => void followAddress());
  void followAddress().then((found) => {
    if (!found && examples.length > 0) void useExample(examples[0], examples[0].choices);
  });
  return bench;
}

/** What is asked of the table, fitted; a chain's loss first. */
async function fitted(
  runs: PageRuns,
  file: RunsFile,
  choices: Choices,
  {more, tell}: {more: Result["more"]; tell(text: string): void}
): Promise<Pick<Result, "fit" | "read" | "options">> {
  tell("reading the columns");
  let read = await readRuns(runs, choices, file);
  let first: Fit | null = null;
  if (choices.via !== "") {
    const losses = await readRuns(runs, {...choices, target: choices.via, sd: ""}, file).catch((error: unknown) => {
      throw error instanceof FieldError && error.field === "target" ? new FieldError("via", error.message) : error;
    });
    tell(`fitting ${choices.via}`);
    const how = optionsOf({...choices, target: choices.via, law: "auto", better: "lower"}, losses);
    first = await more(losses.columns, how);
    read = {...read, columns: overLoss(first, read.columns)};
  }
  const options = optionsOf(choices, read);
  tell(`fitting ${plural(read.columns.target.length, "run")}`);
  return {fit: {...(await more(read.columns, options)), first}, read, options};
}

/** How the draws are made is asked of every table alike. */
function drawing(choices: Choices): Pick<Choices, "bootstrap" | "seed" | "interval" | "level"> {
  const {bootstrap, seed, interval, level} = toChoices(choices);
  return {bootstrap, seed, interval, level};
}

function check({target, bootstrap, seed, share, shares, loss, via}: Choices): void {
  if (target === "") throw new FieldError("target", "expected a column or SQL to fit, got nothing");
  if (!(bootstrap >= 100 && bootstrap <= 20_000))
    throw new FieldError("bootstrap", "expected a whole number from 100 to 20,000");
  if (!(seed >= 0)) throw new FieldError("seed", "expected a whole number, 0 or more");
  if (share !== "" && shares !== "") throw new FieldError("shares", "expected one share or shares of tiers, got both");
  if (loss !== "" && via !== "") throw new FieldError("via", "expected a loss or one to go by, got both");
}

function optionsOf(choices: Choices, {knot, syntheticByTier, data}: RunsRead): FitOptions {
  return {
    law: choices.law,
    target: nameOf(choices.target),
    ...(choices.better !== "" && {lowerIsBetter: choices.better === "lower"}),
    ...(choices.objective !== "" && {objective: choices.objective}),
    cluster: clusterOf(choices),
    method: choices.interval,
    level: choices.level,
    bootstrap: choices.bootstrap,
    seed: choices.seed,
    ...(knot !== undefined && {knot}),
    syntheticByTier,
    data
  };
}

function sameColumns(before: PageRuns | null, after: PageRuns): boolean {
  const names = (runs: PageRuns) => runs.columns.map(({name}) => name).join("\n");
  return before !== null && names(before) === names(after);
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", {fatal: true}).decode(bytes);
  } catch {
    return null;
  }
}
