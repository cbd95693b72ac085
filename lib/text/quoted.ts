/** What ends a line beside \n, and where chat templates begin or end a turn: "<|im_end|>", "</s>", "[INST]", "[gMASK]". */
const marker = /[<\u0085\u2028\u2029]|\|(?=>)|\[(?=\/?(?:[A-Z]|[gs]MASK))/g;

/**
 * A value as JSON for a prompt: `JSON.parse` gives it back exactly, it cannot end its own string, its lines are one line,
 * and what chat templates are steered by is broken up by \u escapes, so that no tokenizer takes it for a marker.
 *
 * It does not keep a model from believing or obeying what stands in it.
 */
export function quoted(value: string | number | readonly string[]): string {
  // Outside of strings none of these stand in JSON: a list's own bracket comes before a quote or its end.
  return unmarked(JSON.stringify(value));
}

/** JSON, or what was to be JSON, with chat markers broken up by \u escapes. */
export function unmarked(json: string): string {
  return json.replace(marker, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
