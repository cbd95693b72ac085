import {Chess, type Color, type PieceSymbol, type Square} from "chess.js";
import type {Random} from "../text/random.js";

// White's pieces, then Black's, beside the kings. All can be mated or drawn by a player who looks one move ahead.
const materials: readonly (readonly [string, string])[] = [
  ["q", ""],
  ["qr", ""],
  ["rr", ""],
  ["r", "p"],
  ["qp", "r"],
  ["pp", "p"],
  ["rp", "n"],
  ["bn", "p"],
  ["n", "p"],
  ["qr", "bpp"],
  ["rrp", "bn"]
];

/**
 * A legal position with three to six men, as FEN, colours drawn at random; at least one move can be made in it, and two
 * plies by some line.
 */
export function endgamePosition(random: Random): string {
  for (;;) {
    const [strong, weak] = random.pick(materials);
    const [a, b]: [Color, Color] = random() < 0.5 ? ["w", "b"] : ["b", "w"];
    const pieces: [PieceSymbol, Color][] = [
      ["k", "w"],
      ["k", "b"],
      ...Array.from(strong, (type): [PieceSymbol, Color] => [type as PieceSymbol, a]),
      ...Array.from(weak, (type): [PieceSymbol, Color] => [type as PieceSymbol, b])
    ];
    const fen = place(pieces, random.pick(["w", "b"]), random);
    if (fen !== null) return fen;
  }
}

function place(pieces: readonly [PieceSymbol, Color][], turn: Color, random: Random): string | null {
  const board = new Chess();
  board.clear();
  for (const [type, color] of pieces) {
    const file = random.pick([..."abcdefgh"]);
    const rank = type === "p" ? 2 + random.int(6) : 1 + random.int(8);
    const square = `${file}${rank}` as Square;
    if (board.get(square) !== undefined) return null;
    board.put({type, color}, square);
  }
  const [ranks] = board.fen().split(" ");
  const game = new Chess(`${ranks} ${turn} - - 0 1`);
  const [waiting] = game.findPiece({type: "k", color: turn === "w" ? "b" : "w"});
  if (game.isAttacked(waiting, turn) || game.isGameOver()) return null;
  // A first move that ends the game would leave no position on the way to ask about.
  return game.moves().some((move) => move.endsWith("#")) ? null : game.fen();
}
