import type {z} from "zod";
import {AuditLabel} from "../../schema/audit.js";

/** An item of a file that another program wrote, with its place for errors. */
export interface ExchangedRow {
  at: string;
  value: unknown;
}

/**
 * A label of ours from what a person said in another program. A reason that belongs to no defect is left out: there a person
 * may choose one, and then change the label.
 *
 * @throws TypeError where it is none
 */
export function labelOf(
  at: string,
  {sample, plan, labeller}: {sample: string; plan: string; labeller: string},
  {label, reason, note, at: when}: Record<"label" | "reason" | "note" | "at", string>
): AuditLabel {
  const data = shaped(AuditLabel, at, {
    ...{plan, id: sample, labeller, label, note, at: when},
    reason: label === "defect" ? reason : ""
  });
  if (data.label === "defect" && data.reason === "")
    throw new TypeError(`${at}: reason: expected one for a defect, got none`);
  return data;
}

/** An item as a schema has it. @throws TypeError naming the place and the field where it is none */
export function shaped<T extends z.ZodType>(schema: T, at: string, value: unknown): z.infer<T> {
  const {data, error} = schema.safeParse(value);
  if (error === undefined) return data;
  const [{path, message}] = error.issues;
  throw new TypeError(`${at}: ${path.join(".") || "item"}: ${message}`);
}
