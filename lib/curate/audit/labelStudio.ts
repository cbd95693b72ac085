import {z} from "zod";
import type {AuditHead, AuditLabel, AuditTask} from "../../schema/audit.js";
import {labelOf, shaped, type ExchangedRow} from "./exchanged.js";

/**
 * Tasks for one person as Label Studio imports them: JSON, one task an item, without anything that verifiers said. Checked
 * with the parsers and the converter of label-studio-sdk 2.1.2, both ways.
 */
export function labelStudioTasks({plan, labeller}: AuditHead, tasks: readonly AuditTask[]): object[] {
  return tasks.map(({id, text, source}) => ({data: {sample: id, plan, labeller, text, source}}));
}

/** The labelling configuration that such tasks need. */
export function labelStudioConfig(reasons: readonly string[]): string {
  const choices = reasons.map((reason) => `    <Choice value="${reason}"/>`).join("\n");
  return `<View>
  <Header value="Sample"/>
  <Text name="text" value="$text"/>
  <Header value="Source"/>
  <Text name="source" value="$source"/>
  <Choices name="label" toName="text" choice="single" showInline="true" required="true">
    <Choice value="accept" hotkey="a"/>
    <Choice value="defect" hotkey="d"/>
    <Choice value="skip" hotkey="s"/>
  </Choices>
  <Choices name="reason" toName="text" choice="single" visibleWhen="choice-selected" whenTagName="label" whenChoiceValue="defect" required="true">
${choices}
  </Choices>
  <TextArea name="note" toName="text" placeholder="Note" maxSubmissions="1" rows="2"/>
</View>
`;
}

const Data = z.looseObject({sample: z.string(), plan: z.string(), labeller: z.string()});

const Exported = z.looseObject({
  data: Data,
  annotations: z.array(
    z.looseObject({
      was_cancelled: z.boolean().nullish(),
      updated_at: z.string().nullish(),
      result: z
        .array(
          z.looseObject({
            from_name: z.string(),
            value: z.looseObject({
              choices: z.array(z.string()).optional(),
              text: z.union([z.string(), z.array(z.string())]).optional()
            })
          })
        )
        .nullish()
    })
  )
});

const words = z.union([z.string(), z.array(z.string())]).optional();
const Minimal = Data.extend({label: words, reason: words, note: words, updated_at: z.string().nullish()});

/**
 * Labels from what Label Studio exports as JSON (tasks with annotations) or JSON-MIN (one item an annotation). A task that was
 * skipped there is a skip; one without an annotation gives no label.
 *
 * @throws TypeError for an item of another shape, and where a task has several annotations that were not cancelled: each
 *   labeller has a project of their own
 */
export function fromLabelStudio({at, value}: ExchangedRow): AuditLabel[] {
  if (value === null || typeof value !== "object" || !("annotations" in value)) {
    const {label, reason, note, updated_at: when, ...data} = shaped(Minimal, at, value);
    if (label === undefined) return [];
    return [labelOf(at, data, {label: one(label), reason: one(reason), note: one(note), at: when ?? ""})];
  }
  const {data, annotations} = shaped(Exported, at, value);
  const given = annotations.filter((annotation) => annotation.was_cancelled !== true);
  if (given.length > 1)
    throw new TypeError(`${at}: annotations: expected one, for each labeller has their own tasks, got ${given.length}`);
  if (given.length === 0) {
    const [skipped] = annotations;
    if (skipped === undefined) return [];
    return [labelOf(at, data, {label: "skip", reason: "", note: "", at: skipped.updated_at ?? ""})];
  }
  const said = (name: string) => {
    const found = given[0].result?.find((result) => result.from_name === name)?.value;
    return one(found?.choices ?? found?.text);
  };
  const word = {label: said("label"), reason: said("reason"), note: said("note"), at: given[0].updated_at ?? ""};
  return [labelOf(at, data, word)];
}

function one(value: string | readonly string[] | undefined): string {
  return typeof value === "string" ? value : (value ?? []).join("\n");
}
