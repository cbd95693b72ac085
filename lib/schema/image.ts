import {z} from "zod";
import {Picture} from "./media.js";

/** All that shapes a drawn picture, and nothing else: its hash is the answer's key in the cache. */
export const ImageRequest = z.strictObject({
  /** tells it from a chat's request */
  draw: z.literal(1),
  model: z.string().min(1),
  /** sha256 of the model's weights, or "none-api" */
  weights: z.string(),
  prompt: z.string().min(1),
  /** as the endpoint names sizes, e.g. "1024x1024" */
  size: z.string().min(1),
  /** tells draws of one prompt apart; sent as `seed` where the endpoint takes it */
  sample: z.int().min(0)
});

export type ImageRequest = z.infer<typeof ImageRequest>;

/** What an endpoint gave; the picture's bytes lie beside the answers, under their hash. */
export const ImageAnswer = z.union([
  z.strictObject({picture: Picture}),
  z.strictObject({
    /** "refused" and "truncated" (a prompt that is too long) came with status 400 and cost nothing */
    reason: z.enum(["refused", "truncated", "wrong-form"]),
    detail: z.string()
  })
]);

export type ImageAnswer = z.infer<typeof ImageAnswer>;
