import {crc32} from "node:zlib";
import type {Picture} from "../schema/media.js";
import {sha256} from "./sha256.js";

/** Bytes of the largest picture that is taken: what hosted models look at (OpenAI's guide on images and vision, 2025). */
export const mostPictureBytes = 20_000_000;

/** Pixels beyond which Pillow, with which `datasets` opens pictures, warns of a decompression bomb. */
const mostPixels = 89_478_485;

type Head = Pick<Picture, "mediaType" | "width" | "height">;

/**
 * What bytes say of themselves as a PNG, JPEG or WebP, or what is wrong with them. A PNG's checksums are compared; all are
 * to end where they say that they end, so that nothing is cut off or hangs behind; those that move are refused.
 *
 * Pixels are not decoded: it does not guard against a stream of pixels that a decoder stumbles over, nor does it see what
 * a file holds beside its pixels (EXIF, texts that a drawing program puts in), which stays there.
 */
export function readPicture(bytes: Uint8Array): Picture | {wrong: string} {
  if (bytes.length > mostPictureBytes)
    return {wrong: `expected a picture of at most ${mostPictureBytes} bytes, got ${bytes.length}`};
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = headOf(buffer);
  if (typeof head === "string") return {wrong: head};
  const {width, height} = head;
  if (width === 0 || height === 0 || width * height > mostPixels)
    return {wrong: `expected a picture of 1 to ${mostPixels} pixels, got ${width} × ${height}`};
  return {sha256: sha256(bytes), mediaType: head.mediaType, bytes: bytes.length, width, height};
}

function headOf(bytes: Buffer): Head | string {
  if (bytes.toString("hex", 0, 8) === "89504e470d0a1a0a") return png(bytes);
  if (bytes.toString("hex", 0, 3) === "ffd8ff") return jpeg(bytes);
  if (bytes.toString("latin1", 0, 4) === "RIFF" && bytes.toString("latin1", 8, 12) === "WEBP") return webp(bytes);
  return `expected a PNG, JPEG or WebP, got bytes that begin with ${JSON.stringify(bytes.toString("latin1", 0, 16))}`;
}

/** Source: PNG specification (W3C, third edition), sections 5.3 and 11.2.1. */
function png(bytes: Buffer): Head | string {
  let pixels = false;
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > bytes.length) break;
    const type = bytes.toString("latin1", at + 4, at + 8);
    if ((at === 8) !== (type === "IHDR" && length === 13)) return `expected IHDR first in a PNG, got ${shown(type)}`;
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4))
      return `expected a PNG whose checksums are right, got another in ${shown(type)}`;
    if (type === "acTL") return "expected a picture that does not move, got an animated PNG";
    pixels ||= type === "IDAT";
    if (type === "IEND") {
      if (end < bytes.length) return `expected nothing after a PNG's end, got ${bytes.length - end} bytes`;
      if (!pixels) return "expected a PNG with pixels, got none";
      return {mediaType: "image/png", width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20)};
    }
    at = end;
  }
  return "expected a whole PNG, got one that is cut off";
}

/** Source: ITU-T T.81, B.1.1 and B.2.2. */
function jpeg(bytes: Buffer): Head | string {
  const cut = "expected a whole JPEG, got one that is cut off";
  if (bytes.length < 4 || bytes.readUInt16BE(bytes.length - 2) !== 0xffd9) return cut;
  for (let at = 2; at + 9 < bytes.length;) {
    if (bytes[at] !== 0xff) return "expected a JPEG's marker, got another byte";
    const marker = bytes[at + 1];
    if (marker === 0xff) {
      at++;
      continue;
    }
    // Frames: all of C0 to CF but tables of Huffman codes, an extension and arithmetic coding's conditions.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return {mediaType: "image/jpeg", height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7)};
    if (marker === 0xda || marker === 0xd9) return "expected a JPEG's frame before its scan, got none";
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return cut;
}

/** Source: RFC 9649, sections 2.4 to 2.7 and 3.4. */
function webp(bytes: Buffer): Head | string {
  if (bytes.length < 30 || bytes.readUInt32LE(4) !== bytes.length - 8)
    return `expected a whole WebP, got ${bytes.length} bytes of another length than it says`;
  const of = (width: number, height: number): Head => ({mediaType: "image/webp", width, height});
  const chunk = bytes.toString("latin1", 12, 16);
  if (chunk === "VP8 " && bytes.toString("hex", 23, 26) === "9d012a")
    return of(bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff);
  if (chunk === "VP8L" && bytes[20] === 0x2f) {
    const bits = bytes.readUInt32LE(21);
    return of((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
  }
  if (chunk !== "VP8X") return `expected a WebP's picture, got ${shown(chunk)}`;
  if ((bytes[20] & 2) !== 0) return "expected a picture that does not move, got an animated WebP";
  return of(bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1);
}

function shown(type: string): string {
  return JSON.stringify(type);
}
