import {expect, test} from "vitest";
import {mostPictureBytes, readPicture} from "../../lib/io/readPicture.js";
import {sha256} from "../../lib/io/sha256.js";
import {drawPng, pngOf} from "../endpoints/drawPng.js";

/** Pictures of 12 × 7 black pixels, written by Pillow 13.0. */
const written = {
  lossy: "UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoMAAcAB0CWJaQAA3AA/u+5AAA=",
  lossless: "UklGRhoAAABXRUJQVlA4TA4AAAAvC4ABAAcQEf0PRET/Aw==",
  extended:
    "UklGRkgAAABXRUJQVlA4WAoAAAAQAAAACwAABgAAQUxQSAkAAAABBxAREYiI/gcAVlA4IBgAAAAwAQCdASoMAAcAB0CWJaQAA3AA/u+5AAA=",
  jpeg: "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////////////////////////////////////wAALCAAHAAwBAREA/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oACAEBAAA/AIh//9k="
};
const moving =
  "UklGRpQAAABXRUJQVlA4WAoAAAACAAAACwAABgAAQU5JTQYAAAAAAAAAAABBTk1GMAAAAAAAAAAAAAsAAAYAAAAAAAJWUDggGAAAADABAJ0BKgwABwABQCYlpAADcAD+/TZoAEFOTUYwAAAAAAAAAAAACwAABgAAAAAAAFZQOCAYAAAANAEAnQEqDAAHAAAAJiWkAANwAP78yrAA";
const bytesOf = (base64: string) => Buffer.from(base64, "base64");

test("a PNG, JPEG or WebP of any kind is known by its bytes, with its size", () => {
  const png = drawPng("a boat", {width: 300, height: 2});
  expect(readPicture(png)).toEqual({
    ...{sha256: sha256(png), mediaType: "image/png", bytes: png.length, width: 300, height: 2}
  });
  for (const [name, base64] of Object.entries(written)) {
    const bytes = bytesOf(base64);
    const mediaType = name === "jpeg" ? "image/jpeg" : "image/webp";
    const expected = {sha256: sha256(bytes), mediaType, bytes: bytes.length, width: 12, height: 7};
    expect([name, readPicture(bytes)]).toEqual([name, expected]);
  }
});

const head = (width: number, height: number) => {
  const bytes = Buffer.alloc(13);
  bytes.writeUInt32BE(width, 0);
  bytes.writeUInt32BE(height, 4);
  return ["IHDR", bytes] as const;
};
const none = Buffer.alloc(0);
const pixels = ["IDAT", none] as const;
const end = ["IEND", none] as const;

test.each<[string, Buffer, RegExp]>([
  ["a page", Buffer.from("<html>"), /PNG, JPEG or WebP.*<html>/],
  ["nothing", none, /PNG, JPEG or WebP/],
  ["a GIF", Buffer.from("GIF89a"), /GIF89a/],
  ["a PNG's head alone", drawPng("a").subarray(0, 8), /cut off/],
  ["a PNG without its last byte", drawPng("a").subarray(0, -1), /cut off/],
  [
    "a PNG with something behind it",
    Buffer.concat([drawPng("a"), Buffer.from("<script>")]),
    /after a PNG's end, got 8/
  ],
  ["a PNG with a wrong bit", drawPng("a").map((byte, i) => (i === 45 ? byte ^ 1 : byte)) as Buffer, /checksums/],
  ["a PNG without pixels", pngOf([head(1, 1), end]), /with pixels, got none/],
  ["a PNG that begins with pixels", pngOf([pixels, head(1, 1), end]), /IHDR first/],
  ["a PNG that moves", pngOf([head(1, 1), ["acTL", none], pixels, end]), /does not move/],
  ["a PNG of no width", pngOf([head(0, 1), pixels, end]), /got 0 × 1/],
  ["a PNG of too many pixels", pngOf([head(2 ** 31 - 1, 2 ** 31 - 1), pixels, end]), /at most|1 to 89478485 pixels/],
  ["a JPEG without its end", bytesOf(written.jpeg).subarray(0, -2), /cut off/],
  ["a JPEG whose first segment is its end", Buffer.from("ffd8ffd9ffd9ffd9ffd9ffd9", "hex"), /frame before its scan/],
  ["a WebP without its last byte", bytesOf(written.lossy).subarray(0, -1), /whole WebP/],
  ["a WebP that moves", bytesOf(moving), /does not move/],
  ["more bytes than any judge looks at", Buffer.alloc(mostPictureBytes + 1), /at most 20000000 bytes/]
])("%s is no picture, and it is said why", (_, bytes, wrong) => {
  expect(readPicture(bytes)).toEqual({wrong: expect.stringMatching(wrong)});
});
