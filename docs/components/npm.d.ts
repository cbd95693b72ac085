// What pages import by Framework's own names, for the type checker; at the versions that package.json pins.
declare module "npm:@duckdb/duckdb-wasm@1.32.0" {
  export * from "@duckdb/duckdb-wasm";
}

declare module "npm:parquet-wasm" {
  export * from "parquet-wasm/esm";
  export {default} from "parquet-wasm/esm";
}

declare module "npm:@observablehq/plot" {
  export * from "@observablehq/plot";
}

declare module "npm:d3" {
  export * from "d3";
}

declare module "npm:apache-arrow" {
  export * from "apache-arrow";
}

declare module "npm:arquero" {
  export * from "arquero";
}

declare module "npm:simple-statistics" {
  export * from "simple-statistics";
}

declare module "npm:highs" {
  import type {Highs, InitOptions} from "highs";
  export default function load(options?: InitOptions): Promise<Highs>;
}

declare module "npm:htl" {
  export function html(strings: TemplateStringsArray, ...values: unknown[]): HTMLElement;
  export function svg(strings: TemplateStringsArray, ...values: unknown[]): SVGElement;
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
  export const Generators: {
    input(element: Element): AsyncGenerator<unknown>;
    observe<T>(initialize: (change: (value: T) => void) => (() => void) | undefined): AsyncGenerator<T>;
  };
}
