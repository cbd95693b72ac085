import {Chess, type Move} from "chess.js";
import {z} from "zod";
import type {Random} from "../text/random.js";
import {endgamePosition} from "./chessEndgame.js";
import {playGame, someMoves} from "./chessPlay.js";
import type {Generator} from "./generator.js";
import {optionsOf} from "./options.js";

const Options = z.strictObject({
  /** longest game from the initial position, in plies; games are drawn from a third of it up to all of it */
  plies: z.int().min(6).max(200).default(20),
  /** share of games that start from a position with few pieces, where mates and draws come soon */
  endgames: z.number().min(0).max(1).default(0.35)
});

/**
 * Games of chess in words: where they start, their moves, one position on the way, a legal continuation from there that
 * was not played, and how they ended. The rules are those of chess.js; the players see no further than one move.
 */
export const chessGames: Generator = {
  id: "chess-games",
  family: "chess-simulator",
  version: "1",
  ceiling: "T2",
  kinds: ["game"],
  async *generate(_seed, {random, count, options}) {
    const {plies, endgames} = optionsOf("chess-games", options, Options);
    for (let i = 0; i < count; i++) {
      const start = random() < endgames ? endgamePosition(random) : null;
      const game = start === null ? new Chess() : new Chess(start);
      const least = Math.ceil(plies / 3);
      const length = least + random.int(plies - least + 1);
      const moves = playGame(game, random, {plies: length, kinds: start === null ? 1 : 3});
      if (moves.length < 2) continue;
      yield {...describe(game, moves, start, random), domain: "chess", kind: "game", ceiling: "T2" as const, spans: []};
    }
  }
};

function describe(
  game: Chess,
  played: readonly Move[],
  start: string | null,
  random: Random
): {text: string; payload: Record<string, unknown>} {
  const moves = played.map(({san}) => san);
  const offset = start !== null && start.split(" ")[1] === "b" ? 1 : 0;
  const ply = 1 + random.int(moves.length - 1);
  const position = played[ply - 1].after;
  const continuation = goOn(position, moves[ply], random);
  const outcome = outcomeOf(game);
  const unit = random.pick(["plies", "half-moves"]);
  const lines = [
    start === null
      ? random.pick([
          `A chess game of ${moves.length} ${unit} from the initial position.`,
          `Chess: ${moves.length} ${unit}, begun from the usual position.`,
          `Record of a game of ${moves.length} ${unit} from the initial position.`
        ])
      : random.pick([
          `An endgame of ${moves.length} ${unit} from the position ${start}.`,
          `Endgame practice: ${moves.length} ${unit} from ${start}.`,
          `Set up ${start} and play ${moves.length} ${unit}.`
        ]),
    `${random.pick(["Moves", "Movetext", "The moves"])}: ${movetext(moves, offset)}`,
    `${random.pick(["Position after ply", "Board after ply", "FEN after ply"])} ${ply} (${movetext([moves[ply - 1]], offset + ply - 1)}): ${position}`,
    `${random.pick(["Legal continuation", "One may also go on", "Another legal way"])}: ${movetext(continuation, offset + ply)}`,
    random.pick([`Outcome: ${outcome}.`, `Result: ${outcome}.`, `How did it end?\nAnswer: ${outcome}.`])
  ];
  return {text: lines.join("\n"), payload: {start, moves, ply, position, continuation, outcome}};
}

/** One or two legal moves, the first another than the one that was played where some kind of men offers one. */
function goOn(position: string, played: string, random: Random): string[] {
  const there = new Chess(position);
  const others = someMoves(there, random, 2).filter((move) => move !== played);
  const first = others.length === 0 ? played : random.pick(others);
  there.move(first, {strict: true});
  const replies = random() < 0.5 && !there.isInsufficientMaterial() ? someMoves(there, random, 1) : [];
  return replies.length === 0 ? [first] : [first, random.pick(replies)];
}

/** Moves with their numbers: "1. e4 e5 2. Nf3", or "7... Kd5 8. Rd1+" when the first is Black's. */
function movetext(moves: readonly string[], firstPly: number): string {
  return moves
    .map((move, i) => {
      const ply = firstPly + i;
      const number = Math.floor(ply / 2) + 1;
      return ply % 2 === 0 ? `${number}. ${move}` : i === 0 ? `${number}... ${move}` : move;
    })
    .join(" ");
}

function outcomeOf(game: Chess): string {
  const [mover, other] = game.turn() === "w" ? ["White", "Black"] : ["Black", "White"];
  if (game.isCheckmate()) return `${other} wins by checkmate`;
  if (game.isStalemate()) return "draw by stalemate";
  if (game.isInsufficientMaterial()) return "draw by insufficient material";
  if (game.isThreefoldRepetition()) return "draw by threefold repetition";
  if (game.isDrawByFiftyMoves()) return "draw by the fifty-move rule";
  return `unfinished, ${mover} to move`;
}
