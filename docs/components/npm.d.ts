// What pages import by Framework's own names, for the type checker; at the versions that package.json pins.
declare module "npm:@duckdb/duckdb-wasm@1.32.0" {
  export * from "@duckdb/duckdb-wasm";
}

declare module "npm:@observablehq/stdlib" {
  export function FileAttachment(name: string): {
    name: string;
    size: number;
    arrayBuffer(): Promise<ArrayBuffer>;
    json(): Promise<unknown>;
    text(): Promise<string>;
    url(): Promise<string>;
  };
  export function resize(render: (width: number, height: number) => Node, invalidation?: Promise<void>): HTMLElement;
  export const Generators: {
    input(element: Element): AsyncGenerator<unknown>;
    observe<T>(initialize: (change: (value: T) => void) => (() => void) | undefined): AsyncGenerator<T>;
  };
}
