import {createServer, type IncomingHttpHeaders} from "node:http";
import {listen} from "./listen.js";

export interface Asked {
  model: string;
  input: string[];
  headers: IncomingHttpHeaders;
}

/** What the server answers to a request; without a body, vectors of the letters of each text. */
export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/**
 * An embeddings endpoint on this machine: a vector counts the letters a to z of its text. It gives vectors in reverse
 * order, as the index in each allows.
 *
 * @param answer asked for each request, from 0
 */
export async function serveEmbeddings(answer: (number: number) => Answer = () => ({})) {
  const asked: Asked[] = [];
  let underWay = 0;
  let most = 0;
  const server = createServer((request, response) => {
    most = Math.max(most, ++underWay);
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      const {model, input} = JSON.parse(body) as {model: string; input: string[]};
      const number = asked.push({model, input, headers: request.headers}) - 1;
      const {status = 200, headers = {}, body: other} = answer(number);
      const data = input.map((text, index) => ({object: "embedding", index, embedding: letters(text)})).reverse();
      // A moment, so that requests overlap where the client lets them.
      setTimeout(() => {
        underWay--;
        response.writeHead(status, {"content-type": "application/json", ...headers});
        response.end(typeof other === "string" ? other : JSON.stringify(other ?? {object: "list", data, model}));
      }, 5);
    });
  });
  return {...(await listen(server)), asked, most: () => most};
}

/** How often each letter stands in a text. */
export function letters(text: string): number[] {
  const counts = new Array<number>(26).fill(0);
  for (const letter of text.toLowerCase()) {
    const i = letter.charCodeAt(0) - 97;
    if (i >= 0 && i < 26) counts[i]++;
  }
  return counts;
}
