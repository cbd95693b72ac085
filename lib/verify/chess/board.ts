import {Chess, type Color} from "chess.js";
import {Foul} from "./foul.js";

/** Where a game begins. */
export const initial = "rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1";

/** A board set up from FEN. @throws Foul "bad-position" where it is none, or the side that waits is in check */
export function board(start: string): Chess {
  let game;
  try {
    game = new Chess(start);
  } catch (error) {
    throw new Foul("bad-position", (error as Error).message);
  }
  const waiting: Color = game.turn() === "w" ? "b" : "w";
  if (game.isAttacked(game.findPiece({type: "k", color: waiting})[0], game.turn()))
    throw new Foul("bad-position", `expected a position whose king is not left in check, got ${start}`);
  return game;
}
