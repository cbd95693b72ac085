import type {Chess, Move} from "chess.js";
import {board, initial} from "./chess/board.js";
import {Foul} from "./chess/foul.js";
import {Course, halted, refute} from "./chess/outcome.js";
import {refereePgn} from "./chess/pgn.js";
import type {Verifier} from "./verifier.js";
import {verdict} from "./verifier.js";

const id = {id: "chess-rules", family: "chess-referee", version: "2"};
const mostPlies = 1000;

/**
 * A referee who replays a game from the moves in its text: every move is legal and written as it should be (numbers,
 * capture, check and mate signs), the game is as long as it says and did not go on after its end, each position stated is
 * the one on the board at that ply, each continuation is legal from there, and the outcome is the real one. A line that
 * cannot be read is refused, since a claim that was not read was not checked. A text that begins as PGN is read as PGN
 * (chess/pgn.ts). What the board cannot refute, "White resigns", "draw by agreement", "Black wins on time", is a claim that
 * passes while the board has not ended the game (chess/outcome.ts).
 *
 * The rules are those of chess.js, on which the generator relies too: an error of chess.js itself would pass. En passant
 * squares in FEN are given only where a capture is legal. A draw that a player must claim does not forbid playing on.
 */
export const chessRules: Verifier = {
  ...id,
  async verify({text}) {
    try {
      if (/^\s*(?:\[|%|\{|;|\d+\.)/.test(text)) refereePgn(text);
      else referee(text);
      return verdict(id);
    } catch (error) {
      if (!(error instanceof Foul)) throw error;
      return verdict(id, error.reason, {detail: error.message});
    }
  }
};

const fen = String.raw`([pnbrqkPNBRQK1-8/]{15,71} [wb] (?:-|[KQkq]{1,4}) (?:-|[a-h][36]) \d{1,3} \d{1,3})`;
const lineForms = {
  fromInitial:
    /^(?:A chess game of|Record of a game of|Chess:) (\d+) (?:plies|half-moves),? (?:begun )?from the (?:initial|usual) position\.$/,
  fromFen: new RegExp(
    `^(?:An endgame of|Endgame practice:) (\\d+) (?:plies|half-moves) from (?:the position )?${fen}\\.$`
  ),
  setUp: new RegExp(`^Set up ${fen} and play (\\d+) (?:plies|half-moves)\\.$`),
  moves: /^(?:Moves|Movetext|The moves): (.+)$/,
  position: new RegExp(`^(?:Position|Board|FEN) after ply (\\d+) \\(([^()]+)\\): ${fen}$`),
  continuation: /^(?:Legal continuation|One may also go on|Another legal way): (.+)$/,
  outcome: /^(?:Outcome|Result|Answer): ([^.]+)\.$/
};

function referee(text: string): void {
  const lines = text.split("\n").filter((line) => line !== "How did it end?");
  const [first, second, ...rest] = lines;
  const opening = lineForms.fromInitial.exec(first);
  const endgame = lineForms.fromFen.exec(first);
  const setUp = lineForms.setUp.exec(first);
  const length = opening?.[1] ?? endgame?.[1] ?? setUp?.[2];
  const moves = lineForms.moves.exec(second ?? "")?.[1];
  if (length === undefined || moves === undefined)
    throw new Foul("no-game", `expected the length and the moves of a game, got ${JSON.stringify(first.slice(0, 80))}`);
  const start = endgame?.[2] ?? setUp?.[1] ?? initial;
  const game = board(start);
  const course = new Course(game.fen());
  const {fens} = course;
  const written: string[] = [];
  play(game, moves, "illegal-move", course, (move) => {
    written.push(move.san);
  });
  if (written.length !== Number(length))
    throw new Foul("wrong-length", `expected ${written.length} plies, got ${length}`);

  let at: string | null = null;
  let outcome: string | null = null;
  for (const line of rest) {
    const position = lineForms.position.exec(line);
    const continuation = lineForms.continuation.exec(line);
    const end = lineForms.outcome.exec(line);
    if (position !== null) at = checkPosition(position, fens, written);
    else if (continuation !== null) {
      if (at === null) throw new Foul("no-position", "expected a position before its continuation");
      play(board(at), continuation[1], "illegal-continuation", new Course(at));
    } else if (end !== null && outcome === null) outcome = end[1];
    else throw new Foul("unread", `expected a line about the game, got ${JSON.stringify(line.slice(0, 80))}`);
  }
  const real = refute(game, course, outcome);
  if (real !== null)
    throw new Foul("wrong-outcome", `expected ${JSON.stringify(real)}, got ${JSON.stringify(outcome)}`);
  if (at === null) throw new Foul("no-position", "expected a position on the way");
}

/** Plays moves with their numbers on a board. */
function play(
  game: Chess,
  movetext: string,
  reason: string,
  course: Course,
  each: (move: Move) => void = () => {}
): void {
  let named = false;
  let plies = 0;
  for (const token of movetext.split(" ")) {
    const number = game.moveNumber();
    if (/^\d/.test(token)) {
      const expected = `${number}${game.turn() === "w" ? "." : "..."}`;
      if (named || token !== expected || (plies > 0 && game.turn() === "b"))
        throw new Foul("wrong-number", `expected a move or ${expected}, got ${JSON.stringify(token)}`);
      named = true;
      continue;
    }
    if (!named && (plies === 0 || game.turn() === "w"))
      throw new Foul("wrong-number", `expected number ${number} before ${JSON.stringify(token.slice(0, 20))}`);
    if (++plies > mostPlies) throw new Foul("too-long", `expected at most ${mostPlies} plies`);
    const over = halted(game, course);
    if (over !== null)
      throw new Foul(
        "moves-after-end",
        `expected the game to end by ${over} before ${JSON.stringify(token.slice(0, 20))}`
      );
    let move;
    try {
      move = game.move(token, {strict: true});
    } catch {
      throw new Foul(reason, `${JSON.stringify(token.slice(0, 20))} is not legal in ${game.fen()}`);
    }
    if (move.san !== token) throw new Foul(reason, `expected ${move.san}, got ${token}`);
    named = false;
    course.add(move.after);
    each(move);
  }
  if (named) throw new Foul("wrong-number", "expected a move after the last number");
}

function checkPosition(
  [, ply, last, stated]: RegExpExecArray,
  fens: readonly string[],
  written: readonly string[]
): string {
  const n = Number(ply);
  if (n < 1 || n >= fens.length)
    throw new Foul("wrong-position", `expected a ply from 1 to ${fens.length - 1}, got ${ply}`);
  if (stated !== fens[n]) throw new Foul("wrong-position", `expected ${fens[n]} after ply ${ply}, got ${stated}`);
  const [, turn, , , , number] = fens[n - 1].split(" ");
  const move = `${number}${turn === "w" ? "." : "..."} ${written[n - 1]}`;
  if (last !== move) throw new Foul("wrong-position", `expected ${move} as ply ${ply}, got ${last}`);
  return stated;
}
