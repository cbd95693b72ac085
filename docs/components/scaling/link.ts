import {toChoices, type Choices} from "./choices.js";

/** Where a table comes from, as a link carries it. */
export type LinkedTable =
  | {readonly kind: "example"; readonly id: string}
  /** a small table travels in the link itself */
  | {readonly kind: "text"; readonly name: string; readonly text: string}
  /** a large one does not: it is dropped again */
  | {readonly kind: "absent"; readonly name: string};

/** What a link says of the page: the table and the choices. */
export interface Linked {
  readonly table: LinkedTable;
  readonly choices: Choices;
}

/** Characters of a hash that every program still takes. */
const most = 6000;

/** Bytes that an unpacked hash may have: a small hash could unpack to gigabytes. */
const mostUnpacked = 2 ** 20;

const mark = "#runs=";

/** The hash that brings a reader to the same table, choices and fit; a table that makes it too long is left out. */
export async function toHash({table, choices}: Linked): Promise<{hash: string; whole: boolean}> {
  const full = await pack({table, choices});
  if (full.length <= most || table.kind !== "text") return {hash: mark + full, whole: table.kind !== "absent"};
  return {hash: mark + (await pack({table: {kind: "absent", name: table.name}, choices})), whole: false};
}

/** What a hash says; null where it is none of ours, or broken. */
export async function fromHash(hash: string): Promise<Linked | null> {
  if (!hash.startsWith(mark)) return null;
  try {
    const {table, choices} = JSON.parse(await unpack(hash.slice(mark.length))) as Record<string, unknown>;
    const found = toTable(table);
    return found === null ? null : {table: found, choices: toChoices(choices)};
  } catch {
    return null;
  }
}

function toTable(value: unknown): LinkedTable | null {
  const {kind, id, name, text} = (value ?? {}) as Record<string, unknown>;
  if (kind === "example" && typeof id === "string") return {kind, id};
  if (kind === "text" && typeof name === "string" && typeof text === "string") return {kind, name, text};
  return kind === "absent" && typeof name === "string" ? {kind, name} : null;
}

async function pack(value: Linked): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  const packed = await through(bytes, new CompressionStream("deflate-raw"));
  const text = Array.from(packed, (byte) => String.fromCharCode(byte)).join("");
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

async function unpack(text: string): Promise<string> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return new TextDecoder("utf-8", {fatal: true}).decode(await through(bytes, new DecompressionStream("deflate-raw")));
}

async function through(bytes: Uint8Array<ArrayBuffer>, transform: CompressionStream): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const stream = new Blob([bytes]).stream().pipeThrough(transform);
  for (const reader = stream.getReader(); ;) {
    const {done, value} = await reader.read();
    if (done) break;
    length += value.length;
    if (length > mostUnpacked) throw new RangeError(`expected at most ${mostUnpacked} bytes in a link, got more`);
    parts.push(value);
  }
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
