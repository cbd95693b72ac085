import type {Chess, Move, PieceSymbol, Square} from "chess.js";
import type {Random} from "../text/random.js";

// Pawns twice: they are half of the men. Whole kinds, since a move is written by what else its kind could do.
const kinds: readonly PieceSymbol[] = ["p", "p", "n", "b", "r", "q", "k"];

/**
 * Plays moves on a board until none can be made, a draw stands, or `plies` were made; returns them. Each move is the
 * liveliest of some: mate above all, then promotions, castling, captures, checks, the centre, and squares that are not
 * under attack, with some chance.
 *
 * @param options.kinds of men whose moves are looked at, if any can move: 6 are all, fewer are faster
 */
export function playGame(game: Chess, random: Random, {plies, kinds = 6}: {plies: number; kinds?: number}): Move[] {
  const played: Move[] = [];
  while (played.length < plies && !drawn(game)) {
    let best: string | null = null;
    let most = -Infinity;
    for (const move of someMoves(game, random, kinds)) {
      const value = liveliness(game, move) + 4 * random();
      if (value > most) [best, most] = [move, value];
    }
    if (best === null) break;
    played.push(game.move(best, {strict: true}));
  }
  return played;
}

/** The legal moves of `count` kinds of men drawn at random, or of the first others that can move; none at the end of a game. */
export function someMoves(game: Chess, random: Random, count: number): string[] {
  if (count >= 6) return game.moves();
  const found: string[] = [];
  const asked = new Set<PieceSymbol>();
  for (const piece of random.shuffle(kinds)) {
    if (asked.size >= count && found.length > 0) break;
    if (asked.has(piece)) continue;
    asked.add(piece);
    found.push(...game.moves({piece}));
  }
  return found;
}

// Without isGameOver: its search for any legal move is made by the next step anyway.
function drawn(game: Chess): boolean {
  return game.isInsufficientMaterial() || game.isThreefoldRepetition() || game.isDrawByFiftyMoves();
}

function liveliness(game: Chess, move: string): number {
  if (move.endsWith("#")) return 1000;
  let value = 0;
  if (move.includes("=Q")) value += 6;
  else if (move.includes("=")) value += 2;
  if (move.startsWith("O-O")) return value + 5;
  if (move.includes("x")) value += 3;
  if (move.endsWith("+")) value += 1.5;
  if (/[c-f][3-6]/.test(move)) value += 1.5;
  if (move.startsWith("K")) value -= 1;
  const to = /[a-h][1-8](?=(?:=[QRBN])?[+#]?$)/.exec(move);
  if (to !== null && !move.startsWith("K") && game.isAttacked(to[0] as Square, game.turn() === "w" ? "b" : "w"))
    value -= 4;
  return value;
}
