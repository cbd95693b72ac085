import {createServer, type IncomingHttpHeaders, type ServerResponse} from "node:http";
import {listen} from "./listen.js";

export interface AskedChat {
  model: string;
  messages: {role: string; content: string}[];
  headers: IncomingHttpHeaders;
}

/** What a server does with a request: a reply's text, a status with a body, or anything it likes to do to the connection. */
export type ChatAnswer = string | {status: number; headers?: Record<string, string>; body?: string} | ((response: ServerResponse) => void); // prettier-ignore

/** A chat endpoint on this machine. */
export async function serveChat(answer: (asked: AskedChat, number: number) => ChatAnswer) {
  const asked: AskedChat[] = [];
  let underWay = 0;
  let most = 0;
  const server = createServer((request, response) => {
    most = Math.max(most, ++underWay);
    response.on("close", () => underWay--);
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const {model, messages} = JSON.parse(Buffer.concat(parts).toString()) as AskedChat;
      const number = asked.push({model, messages, headers: request.headers}) - 1;
      const given = answer(asked[number], number);
      if (typeof given === "function") return given(response);
      const {status, headers, body} =
        typeof given === "string"
          ? {
              status: 200,
              headers: {},
              body: JSON.stringify({choices: [{message: {content: given}, finish_reason: "stop"}]})
            }
          : {headers: {}, body: "", ...given};
      response.writeHead(status, {"content-type": "application/json", ...headers}).end(body);
    });
  });
  return {...(await listen(server)), asked, most: () => most};
}
