import {createHash} from "node:crypto";
import {crc32, deflateSync} from "node:zlib";

/** A PNG of one colour that follows from a text. */
export function drawPng(text: string, {width = 8, height = 8}: {width?: number; height?: number} = {}): Buffer {
  const color = createHash("sha256").update(text).digest().subarray(0, 3);
  const row = Buffer.concat([Buffer.from([0]), ...Array.from({length: width}, () => color)]);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // Eight bits a channel, red, green and blue.
  head.set([8, 2, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.concat(Array.from({length: height}, () => row)));
  return pngOf([
    ["IHDR", head],
    ["IDAT", pixels],
    ["IEND", Buffer.alloc(0)]
  ]);
}

/** A PNG of the chunks given, whatever they are. */
export function pngOf(chunks: readonly (readonly [type: string, data: Buffer])[]): Buffer {
  const parts = chunks.map(([type, data]) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(data.length, 0);
    ends.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  });
  return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), ...parts]);
}

/** What /images/generations answers with some bytes. */
export function drawn(bytes: Buffer): {json: unknown} {
  return {json: {created: 0, data: [{b64_json: bytes.toString("base64")}]}};
}
