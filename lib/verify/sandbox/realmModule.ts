import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {newQuickJSWASMModuleFromVariant, newVariant, RELEASE_SYNC, type QuickJSWASMModule} from "quickjs-emscripten";

// 5.1 MiB of it are static data and the stack's place, the rest is a heap that grows where it must.
const leastPages = 96;
const mostPages = 1024;

let compiled: WebAssembly.Module | undefined;

/**
 * QuickJS in a memory of its own, of 6 MiB that grow to 64 MiB at most. The module as published asks for 16 MiB from
 * the start; a realm that is put back to the byte reads them all, so it is made to ask for less.
 *
 * @throws Error if the module is not laid out as expected
 */
export async function createQuickJs(): Promise<{quickjs: QuickJSWASMModule; memory: WebAssembly.Memory}> {
  compiled ??= new WebAssembly.Module(readModule());
  const memory = new WebAssembly.Memory({initial: leastPages, maximum: mostPages});
  const variant = newVariant(RELEASE_SYNC, {wasmMemory: memory, wasmModule: compiled});
  return {quickjs: await newQuickJSWASMModuleFromVariant(variant), memory};
}

function readModule(): Uint8Array<ArrayBuffer> {
  const {resolve} = createRequire(createRequire(import.meta.url).resolve("quickjs-emscripten"));
  const bytes = Uint8Array.from(readFileSync(resolve("@jitl/quickjs-wasmfile-release-sync/wasm")));
  // The imported memory: its kind, "has a maximum", then least and most pages in LEB128, 256 and 32,768.
  const limits = [0x02, 0x01, 0x80, 0x02, 0x80, 0x80, 0x02];
  const at = bytes.subarray(0, 4096).findIndex((_, i) => limits.every((byte, j) => bytes[i + j] === byte));
  if (at < 0) throw new Error("expected QuickJS's module to import a memory of 256 pages");
  bytes.set([0x80 | (leastPages & 0x7f), leastPages >> 7], at + 2);
  return bytes;
}
