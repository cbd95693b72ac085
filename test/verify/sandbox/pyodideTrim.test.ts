import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {expect, test} from "vitest";
import {trimPyodide} from "../../../lib/verify/sandbox/pyodideTrim.js";

const folder = dirname(createRequire(import.meta.url).resolve("pyodide/package.json"));
const read = (name: string) => readFileSync(join(folder, name));
const loader = read("pyodide.mjs").toString();
const wasm = new Uint8Array(read("pyodide.asm.wasm"));

test("of Pyodide's exports those remain that its glue names or its main module imports", () => {
  const {glue, wasm: trimmed} = trimPyodide({glue: read("pyodide.asm.mjs").toString(), loader, wasm});
  const names = (bytes: Uint8Array) => {
    const module = new WebAssembly.Module(new Uint8Array(bytes));
    return WebAssembly.Module.exports(module).map(({name}) => name);
  };
  const [all, kept] = [names(wasm), names(trimmed)];
  expect(all).toEqual(expect.arrayContaining(kept));
  expect(kept.length).toBeLessThan(all.length / 10);
  expect(kept).toEqual(expect.arrayContaining(["memory", "malloc", "__wasm_call_ctors"]));
  const handedOn = [...glue.matchAll(/=wasmExports\["(\w+)"\]/g)].map(([, name]) => name);
  expect(kept).toEqual(expect.arrayContaining(handedOn));
});

test("another version, with glue of another form, is refused", () => {
  expect(() => trimPyodide({glue: "export default 1;", loader, wasm})).toThrow("assignWasmExports");
});
