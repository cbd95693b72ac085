import {z} from "zod";

/** What some endpoints' strict form refuses, or Zod adds of its own; the reply is checked for it by Zod all the same. */
const dropped = ["$schema", "default", "format", "maxLength", "minLength", "pattern", "propertyNames"];

const made = new WeakMap<z.ZodType, Record<string, unknown>>();

/**
 * The JSON Schema of a reply, in the strict form that hosted endpoints ask for: every object closed, all its properties
 * required. Their order is the schema's own, in which models that are held to it write them.
 *
 * @throws TypeError naming what of the schema has no such form: an optional property (nullable is meant), a record, a root
 *   that is no object
 */
export function replySchema(reply: z.ZodType): Record<string, unknown> {
  let json = made.get(reply);
  if (json === undefined) {
    json = strict(z.toJSONSchema(reply, {io: "input"}), "reply") as Record<string, unknown>;
    if (json.type !== "object")
      throw new TypeError(`reply: expected an object, got ${JSON.stringify(json).slice(0, 80)}`);
    made.set(reply, json);
  }
  return json;
}

function strict(node: unknown, place: string): unknown {
  if (Array.isArray(node)) return node.map((item, i) => strict(item, `${place}.${i}`));
  if (node === null || typeof node !== "object") return node;
  const {
    properties,
    required = [],
    additionalProperties,
    oneOf,
    ...rest
  } = node as Record<string, unknown> & {
    properties?: Record<string, unknown>;
    required?: string[];
  };
  const kept = Object.fromEntries(
    Object.entries(rest)
      // The bounds of an integer that has none are those of a double.
      .filter(([name, value]) => !dropped.includes(name) && !(Math.abs(value as number) === Number.MAX_SAFE_INTEGER))
      .map(([name, value]) => [name, plain.includes(name) ? value : strict(value, `${place}.${name}`)])
  );
  if (oneOf !== undefined) kept.anyOf = strict(oneOf, place);
  if (rest.type !== "object") return kept;
  if (properties === undefined || additionalProperties !== false)
    throw new TypeError(`${place}: expected a strict object, got one that takes other properties`);
  const names = Object.keys(properties);
  const optional = names.filter((name) => !required.includes(name));
  if (optional.length > 0) throw new TypeError(`${place}: expected nullable, got an optional property ${optional[0]}`);
  const each = names.map((name) => [name, strict(properties[name], `${place}.${name}`)]);
  return {...kept, properties: Object.fromEntries(each), required: names, additionalProperties: false};
}

/** Keywords whose values are data, not schemas. */
const plain = ["const", "description", "enum", "title", "type"];
