import {z} from "zod";
import {unfounded, wrongEquation} from "./figures/unfounded.js";
import {askingOptions, modelGenerator} from "./modelGenerator.js";
import {excerpts} from "./simulatorCaption/excerpts.js";

const Options = z.strictObject({
  ...askingOptions,
  /** rows of a log that are shown at once, in succession */
  rows: z.int().min(2).max(1000).default(60)
});

const Reply = z.strictObject({caption: z.string().min(1).max(2000), reasoning: z.string().min(1).max(20_000)});

/**
 * A caption of a simulator's log, and the reasoning that reads it off. The seed's text is the log: a table as `trajectories`
 * writes it, CSV, or any lines with numbers (see `excerpts`):
 *
 *     @log
 *     A stone is released at a height of 20 m …
 *     | t (s) | y (m) | v (m/s) |
 *     …
 *
 *     @caption
 *     A stone falls freely for two seconds.
 *
 *     @reasoning
 *     From 0.00 s to 0.50 s the speed grows by 4.91 − 0.00 = 4.91 m/s, …
 *
 * Refused where a number of either stands neither in the log nor follows by arithmetic that is shown (`changed-number`), and
 * where that arithmetic is wrong. That a number is read from the right row is not checked.
 */
export const simulatorCaption = modelGenerator(
  {
    id: "simulator-caption",
    version: "1",
    kind: "simulator-caption",
    asks: {models: 1},
    prompts: ["simulator-caption"]
  },
  Options,
  async ({seed, options, number, seeded, models, ask}) => {
    const parts = excerpts(seed.text, options.rows);
    if (parts.length === 0)
      return {reason: "no-log", detail: "expected a log with at least two rows of numbers, got none"};
    const log = seeded("excerpts").shuffle(parts)[number % parts.length];
    const written = await ask(models[0], {prompt: "simulator-caption", values: {log}}, Reply);
    if (!written.ok) return written;
    const caption = written.value.caption.replace(/\s+/g, " ").trim();
    const reasoning = written.value.reasoning.trim();
    if ([log, reasoning].some((part) => /^@(?:log|caption|reasoning)\b/m.test(part)))
      return {reason: "broken-form", detail: "expected no line that begins with @log, @caption or @reasoning"};
    const said = `${caption}\n${reasoning}`;
    const wrong = wrongEquation(said);
    if (wrong !== null) return {reason: "wrong-arithmetic", detail: `expected right arithmetic, got ${wrong}`};
    const made = unfounded(said, log);
    if (made !== null)
      return {
        reason: "changed-number",
        detail: `expected numbers of the log, got ${made.shown} in: ${said.slice(Math.max(0, made.start - 60), made.end + 30)}`
      };
    return {
      text: `@log\n${log}\n\n@caption\n${caption}\n\n@reasoning\n${reasoning}`,
      payload: {caption, reasoning, rows: log.split("\n").length}
    };
  }
);
