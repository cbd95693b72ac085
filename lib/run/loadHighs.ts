import type {Highs, InitOptions} from "highs";

/** Loads HiGHS in Node, where the package finds its own wasm; once it is needed, since that takes tens of milliseconds. */
export async function loadHighs(): Promise<Highs> {
  const module = await import("highs");
  // The package declares its types for CommonJS, so that the compiler sees the ES module's default one level too deep.
  const load = module.default as unknown as (options?: InitOptions) => Promise<Highs>;
  return load();
}
