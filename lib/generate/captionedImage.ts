import {z} from "zod";
import {windows} from "./document/windows.js";
import {askingOptions, modelGenerator} from "./modelGenerator.js";

const Options = z.strictObject({
  ...askingOptions,
  /** of the picture, as the endpoint that draws names sizes */
  size: z
    .string()
    .regex(/^(?:\d+x\d+|auto)$/, "expected a size such as 1024x1024")
    .default("1024x1024"),
  /** UTF-16 code units of the seed that are shown at once */
  window: z.int().min(200).max(200_000).default(3000)
});

// A description as long as every known endpoint takes: DALL·E 2, the shortest, ends at 1,000 characters.
const Reply = z.strictObject({description: z.string().min(1).max(1000), caption: z.string().min(1).max(1000)});

/**
 * A picture with its caption. A teacher reads a seed (a text, or a simulator's state) and writes what a picture could show
 * of it, and a caption of that picture; the step's `image` endpoint draws the description. The sample's text is the
 * caption, the picture its media; the description is in the payload.
 *
 * Draws are not paid for drafts that the teacher failed. What becomes of a picture that is not drawn is told with its
 * reason: `picture-refused`, `picture-wrong-form`, `picture-truncated`, `picture-held-out`. Whether the picture shows what the
 * caption says is not looked at here: critic-caption does that.
 */
export const captionedImage = modelGenerator(
  {
    id: "captioned-image",
    version: "1",
    kind: "captioned-image",
    asks: {models: 1, image: true},
    prompts: ["captioned-image"]
  },
  Options,
  async ({seed, options, number, seeded, models, avoid, ask, draw}) => {
    const parts = windows(seed.text, options.window);
    if (parts.length === 0) return {reason: "no-text", detail: "expected a seed with words, got none"};
    const {start, end} = seeded("windows").shuffle(parts)[number % parts.length];
    const values = {material: seed.text.slice(start, end), avoid};
    const written = await ask(models[0], {prompt: "captioned-image", values}, Reply);
    if (!written.ok) return written;
    const [description, caption] = [written.value.description, written.value.caption].map((text) =>
      text.replace(/\s+/g, " ").trim()
    );
    if (description === "" || caption === "")
      return {reason: "empty", detail: "expected a description and a caption, got white space"};
    const drawn = await draw(description, {size: options.size, by: "captioned-image"});
    if (!drawn.ok) return {reason: `picture-${drawn.reason}`, detail: drawn.detail};
    return {text: caption, payload: {description, size: options.size, window: [start, end]}, media: [drawn.value]};
  }
);
