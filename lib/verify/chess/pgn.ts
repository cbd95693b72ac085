import type {Chess} from "chess.js";
import {bare, Course, ending, halted} from "./outcome.js";
import {board, initial} from "./board.js";
import {Foul} from "./foul.js";

const maxText = 1_000_000;
const maxGames = 100;
const mostPlies = 1000;
const mostSidePlies = 5000;
const mostDepth = 30;
const tag = /^\[([A-Za-z0-9_]{1,40})\s+"((?:[^"\\]|\\["\\]){0,255})"\]\s*/;
const piece =
  /\s+|\{[^}]*\}|;[^\n]*|\$\d{1,3}|[!?]{1,2}|[()]|1-0|0-1|1\/2-1\/2|\*|\d{1,4}(?![-/\d])(?:\.+|…)?|(?:[KQRBN][a-h]?[1-8]?x?[a-h][1-8]|[a-h](?:x?[a-h])?[1-8](?:=?[QRBN])?|[O0]-[O0](?:-[O0])?)[+#]?/y;

/**
 * Referees a text of PGN: one game or several, each with tags `[Name "value"]` or none, then its movetext with comments,
 * variations in parentheses, NAGs, move numbers and a result.
 *
 *     [White "A"]
 *     [Black "B"]
 *     [Result "1-0"]
 *
 *     1. e4 e5 2. Bc4 {a trap} (2. Nf3 Nc6) 2... Nc6 3. Qh5 Nf6?? $4 4. Qxf7# 1-0
 *
 * Every move is legal, in variations too, and its signs are true: x a capture, + a check, # a mate; import format may leave
 * + and # out. Numbers, where written, are those of the board. The result at the end is the tag's; it is the board's where
 * the board ended the game, with no move after that; where it did not, 1-0, 0-1 and 1/2-1/2 are claims of what players did
 * beside the board. PlyCount, SetUp, FEN and Termination are held; other tags and what comments say are not.
 *
 * Fivefold repetition and 75 moves end games that were played since 2014, when they became rules, or say no year.
 *
 * Source: Portable Game Notation Specification and Implementation Guide (1994), sections 7, 8 and 9; variants are refused.
 *
 * @throws Foul
 */
export function refereePgn(text: string): void {
  if (text.length > maxText) throw new Foul("too-long", `expected at most ${maxText} characters`);
  // Lines that begin with % are for programs (section 6).
  let rest = text.replace(/^%.*$/gm, "").trim();
  for (let games = 0; rest !== ""; games++) {
    if (games >= maxGames) throw new Foul("too-long", `expected at most ${maxGames} games`);
    rest = refereeGame(rest);
  }
}

function refereeGame(text: string): string {
  const tags = new Map<string, string>();
  let rest = text;
  for (let match = tag.exec(rest); match !== null; match = tag.exec(rest)) {
    if (tags.has(match[1])) throw new Foul("bad-tag", `tag ${match[1]} comes twice`);
    tags.set(match[1], match[2]);
    rest = rest.slice(match[0].length);
  }
  const variant = tags.get("Variant") ?? "Standard";
  if (!/^(?:standard|chess|from position)$/i.test(variant))
    throw new Foul("unsupported", `expected standard chess, got ${variant}`);
  if (tags.has("FEN") ? tags.get("SetUp") === "0" : tags.get("SetUp") === "1")
    throw new Foul("bad-tag", 'expected SetUp "1" with FEN, and no FEN without it');
  const start = tags.get("FEN") ?? initial;
  const main = new Line(board(start), mostPlies);
  const course = new Course(main.game.fen());
  const year = Number(/^\d{4}/.exec(tags.get("Date") ?? "")?.[0] ?? 2014);
  const stack: Line[] = [main];
  let sidePlies = 0;
  piece.lastIndex = 0;
  for (;;) {
    const at = piece.lastIndex;
    const token = piece.exec(rest)?.[0];
    if (token === undefined)
      throw new Foul("unread", `expected a move or a result, got ${JSON.stringify(rest.slice(at, at + 30))}`);
    const line = stack.at(-1)!;
    if (/^[\s{;$!?]/.test(token)) {
      if (token.startsWith("$") && Number(token.slice(1)) > 255) throw new Foul("unread", `no NAG ${token}`);
    } else if (token === "(") {
      if (line.before === null || stack.length > mostDepth)
        throw new Foul("unread", "expected a variation to follow a move, and not so deep");
      stack.push(new Line(board(line.before), mostPlies));
    } else if (token === ")") {
      if (stack.length === 1 || line.plies === 0) throw new Foul("unread", "expected a variation to end");
      stack.pop();
    } else if (/^(?:1-0|0-1|1\/2-1\/2|\*)$/.test(token)) {
      if (stack.length > 1) throw new Foul("unread", "a variation is not closed before the result");
      close(main, course, year, token, tags);
      return rest.slice(piece.lastIndex).trim();
    } else if (/^\d+(?:\.|…|$)/.test(token)) line.number(token);
    else {
      const over = stack.length > 1 ? null : halted(line.game, course);
      if (over !== null && (year >= 2014 || over === "draw by insufficient material"))
        throw new Foul("moves-after-end", `expected the game to end by ${over} before ${token}`);
      line.play(token);
      if (stack.length === 1) course.add(line.game.fen());
      else if (++sidePlies > mostSidePlies) throw new Foul("too-long", `expected at most ${mostSidePlies} plies aside`);
    }
  }
}

/** One line of moves on a board of its own. */
class Line {
  plies = 0;
  /** position before the last move, which a variation replaces */
  before: string | null = null;

  constructor(
    readonly game: Chess,
    private readonly most: number
  ) {}

  number(token: string): void {
    const expected = this.game.moveNumber();
    const dots = token.replace(/^\d+/, "").length;
    if (Number(/^\d+/.exec(token)![0]) !== expected || (dots > 1 && this.game.turn() === "w"))
      throw new Foul("wrong-number", `expected ${expected}${this.game.turn() === "w" ? "." : "..."}, got ${token}`);
  }

  play(token: string): void {
    if (++this.plies > this.most) throw new Foul("too-long", `expected at most ${this.most} plies`);
    let move;
    try {
      move = this.game.move(token.replaceAll("0", "O"));
    } catch {
      throw new Foul("illegal-move", `${JSON.stringify(token)} is not legal in ${this.game.fen()}`);
    }
    this.before = move.before;
    const sign = /[+#]$/.exec(token)?.[0];
    if ((token.includes("x") && move.captured === undefined) || (sign !== undefined && !move.san.endsWith(sign)))
      throw new Foul("illegal-move", `expected ${move.san}, got ${token}`);
  }
}

function close(
  {game, plies}: Line,
  course: Course,
  year: number,
  result: string,
  tags: ReadonlyMap<string, string>
): void {
  const wrong = (detail: string) => new Foul("wrong-outcome", detail);
  const tagged = tags.get("Result");
  if (tagged !== undefined && tagged !== result) throw wrong(`expected the tag's result ${tagged}, got ${result}`);
  const counted = tags.get("PlyCount");
  if (counted !== undefined && counted !== String(plies))
    throw new Foul("wrong-length", `expected a PlyCount of ${plies}, got ${counted}`);
  const over = ending(game, course);
  const real =
    over === null || (year < 2014 && /fivefold|seventy/.test(over))
      ? null
      : over.startsWith("White")
        ? "1-0"
        : over.startsWith("Black")
          ? "0-1"
          : "1/2-1/2";
  if (real !== null && real !== result) throw wrong(`expected ${real}, ${over}, got ${result}`);
  const termination = (tags.get("Termination") ?? "").toLowerCase();
  if (termination === "unterminated" && result !== "*")
    throw wrong(`expected * of a game that is unterminated, got ${result}`);
  if (/^time/.test(termination) && over === null && (result === "1-0" || result === "0-1"))
    if (bare(game, result === "1-0" ? "w" : "b")) throw wrong(`expected no win on time with but a king, got ${result}`);
}
