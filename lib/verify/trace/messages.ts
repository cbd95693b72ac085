import {z} from "zod";

const Content = z.union([z.string(), z.array(z.object({type: z.literal("text"), text: z.string()}))]).nullish();
const Message = z.object({
  role: z.enum(["system", "developer", "user", "assistant", "tool"]),
  content: Content,
  tool_call_id: z.string().optional(),
  tool_calls: z
    .array(z.object({id: z.string(), function: z.object({name: z.string(), arguments: z.string()})}))
    .nullish()
});

/** A conversation as chat interfaces of language models write it: a list of messages. */
export const Messages = z.array(Message).min(1).max(5000);
export type Messages = z.infer<typeof Messages>;

/** A call of a tool and what it answered. */
export interface CalledStep {
  tool: string;
  args: z.core.util.JSONType;
  observation: string;
}

/**
 * The calls of a conversation in their order, each with the answer that names its id; why it cannot be read, where a call has
 * no answer or two, an answer no call, or arguments are no JSON.
 */
export function readMessages(messages: Messages): CalledStep[] | string {
  const steps: (Omit<CalledStep, "observation"> & {observation: string | null})[] = [];
  // An id may come again once it was answered: some interfaces count anew in each turn.
  const open = new Map<string, number>();
  for (const [i, {role, content, tool_call_id: id, tool_calls: calls}] of messages.entries()) {
    const fail = (what: string) => `message ${i + 1}: ${what}`;
    if (role !== "tool" && role !== "system" && role !== "developer" && open.size > 0)
      return fail(`expected an answer to ${[...open.keys()][0]} first`);
    if (role === "assistant")
      for (const call of calls ?? []) {
        if (open.has(call.id)) return fail(`the id ${call.id} comes twice`);
        let args: z.core.util.JSONType;
        try {
          args = (
            call.function.arguments.trim() === "" ? {} : JSON.parse(call.function.arguments)
          ) as z.core.util.JSONType;
        } catch {
          return fail(`expected arguments of ${call.function.name} in JSON`);
        }
        open.set(call.id, steps.length);
        steps.push({tool: call.function.name, args, observation: null});
      }
    else if (role === "tool") {
      const at = id === undefined ? undefined : open.get(id);
      if (at === undefined) return fail(`expected an answer to a call that waits, got ${id ?? "no id"}`);
      open.delete(id!);
      steps[at].observation = typeof content === "string" ? content : (content ?? []).map(({text}) => text).join("");
    }
  }
  const unanswered = steps.find(({observation}) => observation === null);
  return unanswered === undefined ? (steps as CalledStep[]) : `the call of ${unanswered.tool} has no answer`;
}
