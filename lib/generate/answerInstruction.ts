import type {AskingOptions, Made, Task} from "./modelGenerator.js";
import {plainReply} from "./plainReply.js";

/** Prompt file of `answerInstruction`. */
export const answerPrompt = "instruction-answer";

/**
 * An instruction with the answer of the step's first model:
 *
 *     Instruction: …
 *
 *     Response: …
 *
 * @param more what the payload tells beside the two
 */
export async function answerInstruction<O extends AskingOptions>(
  {models, write}: Pick<Task<O>, "models" | "write">,
  instruction: string,
  more: Readonly<Record<string, unknown>>
): Promise<Made> {
  const answered = await write(models[0], {prompt: answerPrompt, values: {instruction}});
  if (!answered.ok) return answered;
  const response = plainReply(answered.value);
  if (response === "") return {reason: "empty", detail: "expected a response, got white space"};
  return {text: `Instruction: ${instruction}\n\nResponse: ${response}`, payload: {instruction, response, ...more}};
}
