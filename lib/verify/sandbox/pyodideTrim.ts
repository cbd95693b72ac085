/**
 * Pyodide without the exports that only dynamic linking needs: eight thousand functions of Python that its glue would
 * look at one by one at every start. Native packages, which come as side modules, cannot be loaded into it; nothing else
 * changes. What remains: what the main module imports back, and every name that stands anywhere in the JavaScript but in
 * the list that hands all exports on.
 *
 * @param glue text of pyodide.asm.mjs
 * @param loader text of pyodide.mjs
 * @param wasm bytes of pyodide.asm.wasm
 * @throws Error where the glue has no such list: another version, for which this was not written
 */
export function trimPyodide({glue, loader, wasm}: {glue: string; loader: string; wasm: Uint8Array<ArrayBuffer>}): {
  glue: string;
  wasm: Uint8Array;
} {
  const start = glue.indexOf("function assignWasmExports(");
  const end = glue.indexOf("}", start);
  if (start < 0)
    throw new Error("pyodide.asm.mjs: expected the function assignWasmExports, which hands on the exports");
  const counts = new Map<string, number>();
  for (const [name] of `${glue.slice(0, start)} ${glue.slice(end)} ${loader}`.matchAll(/[\w$]+/g))
    counts.set(name, (counts.get(name) ?? 0) + 1);

  const kept = new Set<string>();
  const module = new WebAssembly.Module(wasm);
  for (const {module: from, name} of WebAssembly.Module.imports(module)) if (from.startsWith("GOT.")) kept.add(name);
  for (const {name} of WebAssembly.Module.exports(module)) if (counts.has(name)) kept.add(name);
  const assigned = /(\w+)=(?:Module\["\w+"\]=)?wasmExports\["(\w+)"\](?:\.value>>>0)?(?:;|$)/g;
  const list = glue.slice(start, end);
  // A variable is declared once; whoever uses it names it again.
  for (const [, variable = "", name = ""] of list.matchAll(assigned))
    if ((counts.get(variable) ?? 0) > 1) kept.add(name);
  const short = list.replaceAll(assigned, (all: string, _: string, name: string) => (kept.has(name) ? all : ""));
  return {glue: atOnce(glue.slice(0, start) + short + glue.slice(end)), wasm: exporting(kept, wasm)};
}

/**
 * V8 compiles a function in parentheses at once, and keeps it; a declaration, as the whole glue is one, it reads over
 * and compiles anew at every start.
 */
function atOnce(glue: string): string {
  const [, name, rest] = /^async function (\w+)(\(.*)export default \w+;\s*$/s.exec(glue) ?? [];
  return name === undefined || rest === undefined
    ? glue
    : `const ${name}=(async function${rest});export default ${name};`;
}

const exportSection = 7;

/** The module with these of its exports; see the WebAssembly specification, 5.5.10. */
function exporting(kept: ReadonlySet<string>, wasm: Uint8Array): Uint8Array {
  let at = 8;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++] ?? 0;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  while (at < wasm.length) {
    const from = at;
    const section = wasm[at++];
    const size = number();
    const end = at + size;
    if (section !== exportSection) {
      at = end;
      continue;
    }
    const exports: Uint8Array[] = [];
    for (let left = number(); left > 0; left--) {
      const first = at;
      const length = number();
      const name = Buffer.from(wasm.subarray(at, at + length)).toString();
      at += length + 1; // and its kind
      number();
      if (kept.has(name)) exports.push(wasm.subarray(first, at));
    }
    const body = Buffer.concat([encoded(exports.length), ...exports]);
    return Buffer.concat([
      wasm.subarray(0, from),
      Buffer.of(exportSection),
      encoded(body.length),
      body,
      wasm.subarray(end)
    ]);
  }
  throw new Error("pyodide.asm.wasm: expected a section of exports");
}

function encoded(value: number): Buffer {
  const bytes = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return Buffer.from([...bytes, value]);
}

/** Changes whenever what is made here does. */
export const trimming = [trimPyodide, atOnce, exporting, encoded].join("\n");
