import {z} from "zod";

/** A picture, named by its bytes. */
export const Picture = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  mediaType: z.enum(["image/png", "image/jpeg", "image/webp"]),
  /** length of the file */
  bytes: z.int().min(1),
  /** in pixels, as the file's head has them */
  width: z.int().min(1),
  height: z.int().min(1)
});

export type Picture = z.infer<typeof Picture>;

/** A picture that belongs to a sample. */
export const Media = z.strictObject({
  /** in the data set, e.g. "media/3f/3fa2….png"; follows from hash and type */
  path: z.string(),
  ...Picture.shape
});

export type Media = z.infer<typeof Media>;

const endings = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"} as const;

/** Where a picture lies: two digits of its hash, then the hash. Nothing that anybody wrote is part of it. */
export function mediaPath({sha256, mediaType}: Pick<Picture, "sha256" | "mediaType">): string {
  return `media/${sha256.slice(0, 2)}/${sha256}.${endings[mediaType]}`;
}
