import {observationsOf, type RunsRead} from "../../lib/run/observationsOf.js";
import {nameOf, type RunsSelection} from "../../lib/run/selection.js";
import type {ClusterOption} from "../../lib/scaling/drawsOf.js";
import type {Scalar} from "../../lib/scaling/observations.js";
import {FieldError, type PageRuns, type RunsFile} from "../runsDatabase.js";
import {sha256} from "../sha256.js";
import {sqlFields, type Choices} from "./choices.js";

const scalars = ["n", "d", "u", "loss", "generation", "samples", "cut"] as const satisfies readonly Scalar[];

/** What the bootstrap draws as one; "group" where the choices name it in SQL. */
export function clusterOf({cluster}: Choices): ClusterOption {
  return (["mix", "run", "seed"] as const).find((one) => one === cluster) ?? "group";
}

/** What choices say of the columns, as the command line would be told. */
function selectionOf(choices: Choices): RunsSelection {
  const given = <K extends keyof Choices>(name: K) => (choices[name] === "" ? {} : {[name]: choices[name]});
  return {
    target: choices.target,
    scalars: Object.fromEntries(
      scalars.flatMap((name) => (choices[name] === "" ? [] : [[name, choices[name]] as const]))
    ),
    ...given("share"),
    ...given("shares"),
    ...given("supplies"),
    ...given("holdout"),
    ...given("sd"),
    ...(clusterOf(choices) === "group" && {group: choices.cluster}),
    where: choices.where === "" ? null : choices.where
  };
}

/**
 * The columns to fit, asked of the table in the page: the same that the command line would read of the same file.
 *
 * @throws FieldError where the error belongs to one field, else whatever observationsOf throws
 */
export async function readRuns(runs: PageRuns, choices: Choices, {name, bytes}: RunsFile): Promise<RunsRead> {
  try {
    return await observationsOf(runs.query, selectionOf(choices), {
      path: name,
      source: name,
      sha256: await sha256(bytes)
    });
  } catch (error) {
    throw beside(error as Error, choices, name);
  }
}

/** An error about a value of a column, put beside the field that names the column. */
function beside(error: Error, choices: Choices, file: string): Error {
  if (error instanceof FieldError) return new FieldError(fieldOf(error.field, choices), error.message);
  const message = error.message.replace(`${file}: `, "");
  const [, , column] = /^row (\d+): (.+?): expected/.exec(message) ?? [];
  const named =
    column === undefined ? undefined : sqlFields.find((f) => choices[f] !== "" && nameOf(choices[f]) === column);
  if (named !== undefined) return new FieldError(named, message);
  if (choices.supplies !== "" && /suppl/.test(message)) return new FieldError("supplies", message);
  if (choices.shares !== "" && /share|match/.test(message)) return new FieldError("shares", message);
  return new Error(message, {cause: error});
}

/** The field of the form that an expression comes from. */
function fieldOf(key: string, {share}: Choices): string {
  if (key === "group") return "cluster";
  if (key.startsWith("supply ")) return "supplies";
  return key.startsWith("input ") ? (share === "" ? "shares" : "share") : key;
}
