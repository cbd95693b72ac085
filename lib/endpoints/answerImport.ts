import {z} from "zod";
import {inOrder} from "../io/inOrder.js";
import {readJsonl} from "../io/jsonl.js";
import {sha256} from "../io/sha256.js";
import {readPicture} from "../io/readPicture.js";
import {ChatAnswer, ChatRequest} from "../schema/chat.js";
import {ImageAnswer, ImageRequest} from "../schema/image.js";
import {canonicalJson} from "../text/json.js";
import type {Picture} from "../schema/media.js";
import type {AnswerCache} from "./answerCache.js";

const object = z.custom<object>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "expected an object"
);

/** One line of a file of answers. */
const Line = z.strictObject({key: z.string(), request: object, answer: object, bytes: z.string().optional()});

type AnswerLine = Omit<z.infer<typeof Line>, "bytes">;

/** A chat's line, known by its request's messages. */
const Chat = z.object({request: ChatRequest, answer: ChatAnswer});

/** A drawn picture's, known by its request's mark. */
const Drawn = z.object({request: ImageRequest, answer: ImageAnswer});

/** Answers that are stored at once; pictures one by one, as each may be large. */
const together = 256;

/**
 * Stores the answers of a file that `exportAnswers` wrote. All its lines are verified before the first is stored: keys
 * ascend and each is the hash of its request, a chat has the shape of one, and no answer differs from one that is there
 * already, since that would count, and the run that the file is of could not be made again. Killed while it stores, what
 * has been stored is right, and the same import goes on.
 *
 * Does not guard against answers that no model ever gave: whoever made the file can have written what they like.
 *
 * @returns how many answers the file has, and how many of them were not there before
 * @throws TypeError `path:line: …` saying what is wrong; nothing is stored then
 */
export async function importAnswers(path: string, cache: AnswerCache): Promise<{answers: number; added: number}> {
  let answers = 0;
  let added = 0;
  for await (const {at, key, answer} of lines(path)) {
    const there = cache.get(key, z.unknown());
    if (there !== null && canonicalJson(there) !== canonical(answer, `${at}: answer`))
      throw new TypeError(`${at}: answer: expected the one that is there under this key, got another`);
    answers++;
    if (there === null) added++;
  }
  const stored = inOrder(pictured(path, cache), together, ({key, request, answer}) => cache.put(key, request, answer));
  for await (const counts of stored)
    if (!counts)
      throw new Error(`${path}: expected to be alone in adding its answers, but another was added meanwhile`);
  return {answers, added};
}

/** The lines of a file that was verified, the picture of each stored before it comes. */
async function* pictured(path: string, cache: AnswerCache): AsyncGenerator<AnswerLine> {
  for await (const {drawn, key, request, answer} of lines(path)) {
    if (drawn !== null) await cache.pictures.put(drawn.picture, drawn.bytes);
    yield {key, request, answer};
  }
}

/** The picture of a line, if it is one. */
type DrawnPicture = {picture: Picture; bytes: Buffer} | null;

async function* lines(path: string): AsyncGenerator<z.infer<typeof Line> & {at: string; drawn: DrawnPicture}> {
  let last = "";
  for await (const {line, value} of readJsonl(path)) {
    const at = `${path}:${line}`;
    const {data, error} = Line.safeParse(value);
    if (data === undefined) throw new TypeError(`${at}: ${told(error)}`);
    const {key, request} = data;
    const own = sha256(canonical(request, `${at}: request`));
    if (key !== own) throw new TypeError(`${at}: key: expected ${own}, the hash of the request, got ${key}`);
    if (key <= last) throw new TypeError(`${at}: key: expected one after ${last}, got ${key}`);
    last = key;
    const chat = "messages" in request ? Chat.safeParse(value) : null;
    if (chat?.success === false) throw new TypeError(`${at}: ${told(chat.error)}`);
    yield {...data, at, drawn: "draw" in request ? drawnOf(data, at) : null};
  }
}

function drawnOf({bytes = "", ...line}: z.infer<typeof Line>, at: string): DrawnPicture {
  const {data, error} = Drawn.safeParse(line);
  if (data === undefined) throw new TypeError(`${at}: ${told(error)}`);
  if (!("picture" in data.answer)) return null;
  const {picture} = data.answer;
  const buffer = Buffer.from(bytes, "base64");
  const read = readPicture(buffer);
  if ("wrong" in read) throw new TypeError(`${at}: bytes: ${read.wrong}`);
  if (canonicalJson(read) !== canonicalJson(picture))
    throw new TypeError(`${at}: bytes: expected those of ${picture.sha256}, as the answer says, got others`);
  return {picture, bytes: buffer};
}

/** Canonical JSON; a value that is nested too deeply for it is the file's fault. */
function canonical(value: object, at: string): string {
  try {
    return canonicalJson(value);
  } catch (error) {
    throw new TypeError(`${at}: expected JSON of less depth, got ${(error as Error).message}`, {cause: error});
  }
}

function told({issues: [{path, message}]}: z.ZodError): string {
  return path.length === 0 ? message : `${path.join(".")}: ${message}`;
}
