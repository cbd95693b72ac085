import type {z} from "zod";

/** What a reply holds, or what is wrong with it, in at most 500 characters for the model that wrote it. */
export type Read<T> = {ok: true; value: T} | {ok: false; problem: string; refusal: boolean};

/** UTF-16 units of the longest reply that is read, and how deep its lists and objects may lie. */
const longest = 2 ** 20;
const deepest = 64;
const told = 500;

/** Thinking that a model writes into its answer: whole, or begun and never ended, or ended where the prompt had begun it. */
const thinking = /^(?:<(think|thinking|reasoning)>(?:[^]*?<\/\1>|[^]*)|\[THINK\](?:[^]*?\[\/THINK\]|[^]*))/;
const thoughtEnd = /^[^]*?<\/think(?:ing)?>/;

/** A refusal in a model's own words, as the large families give it. */
const refusals =
  /^(?:(?:i['’]?m|i am) (?:(?:very |really |so )?sorry|afraid|unable|not able|not comfortable)|(?:sorry|unfortunately|apologies|i apologi[sz]e)\b|i (?:can['’]?t|cannot|can not|won['’]?t|will not|must decline)\b|as an? (?:ai|language model|large language model)\b)/i;

/** An answer's text without the thinking before it. */
export function said(text: string): string {
  const reply = text.trim();
  if (thinking.test(reply)) return reply.replace(thinking, "").trim();
  return /^[{["]/.test(reply) || /<think/.test(reply) ? reply : reply.replace(thoughtEnd, "").trim();
}

/** Whether a text is nothing but a refusal: short, and begun as refusals are. A model that refuses in other words is not found. */
export function isRefusal(text: string): boolean {
  return text.length <= 400 && refusals.test(text);
}

/**
 * Reads the one JSON value of a reply and checks it against its schema. Thinking before it and a fence around it are passed
 * over. A key named __proto__ is refused, as are replies that are very long or very deep.
 */
export function readReply<T>(text: string, schema: z.ZodType<T>): Read<T> {
  if (text.length > longest) return wrong(`expected at most ${longest} characters, got ${text.length}`);
  const reply = unfenced(said(text));
  if (openings(reply) > deepest && depth(reply) > deepest)
    return wrong(`expected at most ${deepest} levels of lists and objects, got more`);
  let value: unknown;
  try {
    // A reviver takes ten times as long: only where the name may stand, written plainly or by escapes.
    value = JSON.parse(reply, /__proto__|\\u/.test(reply) ? refuseProto : undefined);
  } catch (error) {
    if (error instanceof Proto) return wrong(error.message);
    const refusal = isRefusal(reply);
    return {...wrong(`expected one JSON value and nothing else, got ${shown(reply)}`), refusal};
  }
  const {success, data, error} = schema.safeParse(value);
  if (success) return {ok: true, value: data};
  const issues = error.issues.map(
    ({path, message}) => `${path.join(".") || "reply"}: ${message}, got ${shown(at(value, path))}`
  );
  return wrong(issues.join("; "));
}

class Proto extends Error {}

function refuseProto(key: string, value: unknown): unknown {
  if (key === "__proto__") throw new Proto("expected no property named __proto__");
  return value;
}

function wrong(problem: string): {ok: false; problem: string; refusal: boolean} {
  return {ok: false, problem: problem.length > told ? `${problem.slice(0, told - 1)}…` : problem, refusal: false};
}

/** A reply without the fence around it; what stands before and after the only fence of a reply is passed over. */
function unfenced(reply: string): string {
  if (/^[{["]/.test(reply)) return reply;
  const parts = reply.split(/^```.*$/m);
  return parts.length === 3 ? parts[1].trim() : reply;
}

/** Brackets that open, those in strings counted: no fewer than are open at once. */
function openings(json: string): number {
  let count = 0;
  for (const bracket of "{[") for (let i = json.indexOf(bracket); i !== -1; i = json.indexOf(bracket, i + 1)) count++;
  return count;
}

/** The most brackets that are open at once, those in strings not counted. */
function depth(json: string): number {
  let open = 0;
  let most = 0;
  let inString = false;
  for (let i = 0; i < json.length; i++) {
    const unit = json[i];
    if (inString) {
      if (unit === "\\") i++;
      else if (unit === '"') inString = false;
    } else if (unit === '"') inString = true;
    else if (unit === "{" || unit === "[") most = Math.max(most, ++open);
    else if (unit === "}" || unit === "]") open--;
  }
  return most;
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (node, key) =>
      node !== null && typeof node === "object" && Object.hasOwn(node, key)
        ? (node as Record<PropertyKey, unknown>)[key]
        : undefined,
    value
  );
}

function shown(value: unknown): string {
  const json = value === undefined ? "nothing" : JSON.stringify(value);
  return json.length > 80 ? `${json.slice(0, 80)}…` : json;
}
