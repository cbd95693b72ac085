import type {IncomingMessage} from "node:http";
import type {ChatBody, Fault} from "./modelServer.js";

/** How a server's batches go. */
export interface BatchBehaviour {
  /** how often a batch is looked at before it has ended */
  polls?: number;
  /** how a batch ends, and how many of its lines were answered by then */
  ends?: (
    lines: number,
    number: number
  ) => {status: "completed" | "expired" | "failed" | "cancelled"; answered: number};
  /** in which order lines come out; reversed where it does not say, as the order is free */
  order?: (lines: string[]) => string[];
}

interface Batch {
  id: string;
  input: string;
  metadata: unknown;
  polls: number;
  number: number;
  ended: Record<string, unknown> | null;
}

/** The files and batches of an endpoint: what is uploaded, run line by line, and given out as files. */
export function createBatchRoutes(
  answer: (body: ChatBody, headers: IncomingMessage["headers"]) => Promise<Fault>,
  {polls = 1, ends, order = (lines) => lines.reverse()}: BatchBehaviour
) {
  const files = new Map<string, string>();
  const batches: Batch[] = [];
  const store = (text: string): string => {
    const id = `file-${files.size}`;
    files.set(id, text);
    return id;
  };
  const run = async (batch: Batch, headers: IncomingMessage["headers"]) => {
    const lines = files.get(batch.input)!.trimEnd().split("\n");
    const {status, answered} = ends?.(lines.length, batch.number) ?? {status: "completed", answered: lines.length};
    const output: string[] = [];
    const errors: string[] = [];
    for (const [i, line] of lines.entries()) {
      const {custom_id, body} = JSON.parse(line) as {custom_id: string; body: ChatBody};
      if (i >= answered) {
        if (status === "expired")
          errors.push(
            JSON.stringify({custom_id, response: null, error: {code: "batch_expired", message: "not in time"}})
          );
        continue;
      }
      const {status: code = 200, body: said} = await answer(body, headers);
      const whole = {custom_id, response: {status_code: code, body: said}, error: null};
      (code === 200 ? output : errors).push(JSON.stringify(whole));
    }
    batch.ended = {
      status,
      request_counts: {total: lines.length, completed: output.length, failed: errors.length},
      ...(output.length > 0 ? {output_file_id: store(order(output).join("\n"))} : {}),
      ...(errors.length > 0 ? {error_file_id: store(errors.join("\n") + "\n")} : {}),
      ...(status === "failed" ? {errors: {data: [{code: "invalid", message: "line 1 is not valid", line: 1}]}} : {})
    };
  };
  const shown = ({id, input, metadata, ended}: Batch) => ({
    ...{id, object: "batch", endpoint: "/v1/chat/completions", input_file_id: input, metadata},
    ...(ended ?? {status: "in_progress"})
  });
  return async (method: string, path: string, bytes: Buffer, headers: IncomingMessage["headers"]): Promise<Fault> => {
    if (method === "POST" && path === "/files") {
      const form = await new Response(new Uint8Array(bytes), {headers: {"content-type": headers["content-type"]!}}).formData(); // prettier-ignore
      return {body: {id: store(await (form.get("file") as File).text()), object: "file", purpose: form.get("purpose")}};
    }
    if (method === "POST" && path === "/batches") {
      const {input_file_id: input, metadata} = JSON.parse(bytes.toString()) as {input_file_id: string; metadata: unknown}; // prettier-ignore
      batches.push({id: `batch-${batches.length}`, input, metadata, polls: 0, number: batches.length, ended: null});
      return {body: shown(batches.at(-1)!)};
    }
    if (method === "GET" && path === "/batches")
      return {body: {object: "list", data: batches.map(shown).reverse(), has_more: false}};
    const batch = batches.find(({id}) => path === `/batches/${id}`);
    if (method === "GET" && batch !== undefined) {
      if (batch.ended === null && ++batch.polls > polls) await run(batch, headers);
      return {body: shown(batch)};
    }
    const file = files.get(/^\/files\/([^/]+)\/content$/.exec(path)?.[1] ?? "");
    if (method === "GET" && file !== undefined)
      return {headers: {"content-type": "application/octet-stream"}, body: file};
    return {status: 404, body: {error: {message: `no ${method} ${path} here`}}};
  };
}
