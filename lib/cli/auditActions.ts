import type {Command} from "./command.js";
import {exportTasks, importLabels} from "./auditExchange.js";
import {plan} from "./auditPlan.js";
import {score} from "./auditScore.js";

/** The parts of `ballast audit` by name. */
export const audit: Readonly<Record<string, Omit<Command, "summary">>> = {
  plan,
  score,
  export: exportTasks,
  import: importLabels
};
