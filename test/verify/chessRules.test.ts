import {Chess} from "chess.js";
import {beforeAll, expect, test} from "vitest";
import {chessGames} from "../../lib/generate/chessGames.js";
import type {Draft} from "../../lib/schema/sample.js";
import type {Random} from "../../lib/text/random.js";
import {createRandom} from "../../lib/text/random.js";
import {chessRules} from "../../lib/verify/chessRules.js";
import {draftsOf, stateSeeds} from "../generate/context.js";
import {judge} from "./evidence.js";
import {samples} from "./planted.js";

interface Game {
  start: string | null;
  moves: string[];
  ply: number;
  position: string;
  continuation: string[];
  outcome: string;
}

let drafts: Draft[];
const games = () => drafts.map(({text, payload}) => ({text, game: payload as unknown as Game}));

beforeAll(async () => {
  const seeds = stateSeeds(samples + 20);
  drafts = (await Promise.all(seeds.map((seed) => draftsOf(chessGames, seed)))).flat().slice(0, samples);
});

test(`${samples} games are passed, with each side's mates and draws among them`, async () => {
  expect(drafts).toHaveLength(samples);
  for (const {text} of drafts) expect(await judge(chessRules, text, "game")).toMatchObject({ok: true, detail: ""});
  const outcomes = new Set(games().map(({game}) => game.outcome));
  for (const outcome of ["White wins by checkmate", "Black wins by checkmate", "draw by insufficient material"])
    expect(outcomes).toContain(outcome);
});

// Each returns a text with one false claim, made without the generator, or null where the game offers no place for it.
const corruptions: Record<string, (text: string, game: Game, random: Random) => string | null> = {
  "illegal move": (text, {start, moves}, random) => {
    const at = random.int(moves.length);
    const board = start === null ? new Chess() : new Chess(start);
    for (const move of moves.slice(0, at)) board.move(move);
    const legal = new Set(board.moves());
    const file = () => random.pick([..."abcdefgh"]);
    let wrong = moves[at];
    while (wrong === moves[at] || legal.has(wrong))
      wrong = `${random.pick(["", "N", "B", "R", "Q", "K"])}${file()}${1 + random.int(8)}`;
    return replaceMove(text, at, wrong);
  },
  "position with one man moved, gone or turned": (text, {position}, random) => {
    const [ranks, ...fields] = position.split(" ");
    const men = [...ranks.matchAll(/[a-z]/gi)].map(({index}) => index);
    const at = random.pick(men);
    const man = ranks[at];
    const other = random.pick(["1", man === man.toLowerCase() ? man.toUpperCase() : man.toLowerCase()]);
    return text.replaceAll(
      `: ${position}`,
      `: ${[ranks.slice(0, at) + other + ranks.slice(at + 1), ...fields].join(" ")}`
    );
  },
  "position of another ply": (text, {ply}) => text.replace(`after ply ${ply} `, `after ply ${ply + 1} `),
  "wrong outcome": (text, {outcome}, random) => {
    const outcomes = [
      "White wins by checkmate",
      "Black wins by checkmate",
      "draw by stalemate",
      "draw by insufficient material",
      "draw by threefold repetition",
      "unfinished, White to move",
      "unfinished, Black to move"
    ];
    return text.replace(`: ${outcome}.`, `: ${random.pick(outcomes.filter((other) => other !== outcome))}.`);
  },
  "illegal continuation": (text, {position, continuation}, random) => {
    const legal = new Set(new Chess(position).moves());
    let wrong = continuation[0];
    while (legal.has(wrong)) wrong = `${random.pick(["N", "B", "R", "Q", "K"])}${random.pick([..."abcdefgh"])}4`;
    const lines = text.split("\n");
    const at = lines.findIndex((line) => /^(Legal continuation|One may|Another legal)/.test(line));
    lines[at] = lines[at].replace(` ${continuation[0]}`, ` ${wrong}`);
    return lines.join("\n");
  },
  "move left out": (text, {moves}) => replaceMove(text, moves.length - 1, "").replace(/( \d+\.+)?\s+\n/, "\n"),
  "check sign dropped": (text, {moves}) => {
    const at = moves.findIndex((move) => move.endsWith("+"));
    return at < 0 ? null : replaceMove(text, at, moves[at].slice(0, -1));
  },
  "wrong number": (text) => text.replace(/ 2\. /, " 3. ")
};

function replaceMove(text: string, at: number, move: string): string {
  const lines = text.split("\n");
  let n = -1;
  lines[1] = lines[1]
    .split(" ")
    .map((token, i) => (i > 0 && /^[a-hKQRBNO]/.test(token) && !/moves/.test(token) && ++n === at ? move : token))
    .join(" ");
  return lines.join("\n");
}

const plantedInAll = ["illegal move", "position with one man moved, gone or turned", "wrong outcome"];

test.each(Object.keys(corruptions))("every %s among these games is caught", async (name) => {
  const random = createRandom("chess corruption", name);
  let planted = 0;
  const some = plantedInAll.includes(name) ? games() : games().slice(0, 100);
  for (const {text, game} of some) {
    const bent = corruptions[name](text, game, random);
    if (bent === null || bent === text) continue;
    planted++;
    const {ok, detail} = await judge(chessRules, bent, "game");
    expect(ok, `${detail}\n${bent}`).toBe(false);
  }
  expect(planted).toBeGreaterThan(name === "check sign dropped" ? 40 : 0.9 * some.length);
});

const scholar = [
  "A chess game of 7 plies from the initial position.",
  "Moves: 1. e4 e5 2. Bc4 Nc6 3. Qh5 Nf6 4. Qxf7#",
  "Position after ply 4 (2... Nc6): r1bqkbnr/pppp1ppp/2n5/4p3/2B1P3/8/PPPP1PPP/RNBQK1NR w KQkq - 2 3",
  "Legal continuation: 3. Nf3 Nf6",
  "Outcome: White wins by checkmate."
].join("\n");

test("scholar's mate, written by hand, is passed", async () => {
  expect(await judge(chessRules, scholar, "game")).toMatchObject({ok: true});
});

test.each([
  ["", "no-game"],
  ["hello", "no-game"],
  [scholar.replace("4. Qxf7#", "4. Qxf7+"), "illegal-move"],
  [scholar.replace("7 plies", "8 plies"), "wrong-length"],
  [scholar.replace("w KQkq", "b KQkq"), "wrong-position"],
  [scholar.replace("(2... Nc6)", "(2... Nf6)"), "wrong-position"],
  [scholar.replace("ply 4", "ply 0"), "wrong-position"],
  [scholar.replace("3. Nf3", "3. Nf4"), "illegal-continuation"],
  [scholar.replace("White wins", "Black wins"), "wrong-outcome"],
  [`${scholar}\nWhite played well.`, "unread"],
  [scholar.replace("2. Bc4", "2 Bc4"), "wrong-number"],
  [scholar.split("\n").slice(0, 2).concat("Outcome: White wins by checkmate.").join("\n"), "no-position"],
  [scholar.replace("from the initial position", "from the position 8/8/8/8/8/8/8/8 w - - 0 1"), "no-game"],
  ["An endgame of 1 plies from the position 8/8/8/8/8/8/8/k6K w - - 0 1.\nMoves: 1. Kg1", "moves-after-end"],
  ["An endgame of 1 plies from the position k6R/8/8/8/8/8/8/7K w - - 0 1.\nMoves: 1. Kg1", "bad-position"],
  ["An endgame of 1 plies from the position 8/8/8/8/8/8/8/7K w - - 0 1.\nMoves: 1. Kg1", "bad-position"],
  [scholar.replace("e5", "__proto__"), "illegal-move"]
])("broken text %# is refused for the right reason", async (text, reason) => {
  expect((await judge(chessRules, text, "game")).reason).toBe(reason);
});

const shuffled = (n: number) => {
  const moves = Array.from({length: n}, (_, i) => ["Nf3", "Nf6", "Ng1", "Ng8"][i % 4]);
  return moves.map((move, i) => (i % 2 === 0 ? `${i / 2 + 1}. ${move}` : move)).join(" ");
};
// A text of knights that go out and home: the first position is there again after each 4 plies.
const knights = (n: number, outcome: string) => {
  const moves = ["Nf3", "Nf6", "Ng1", "Ng8"];
  const game = new Chess();
  game.move(moves[0]);
  return [
    `A chess game of ${n} plies from the initial position.`,
    `Moves: ${shuffled(n)}`,
    `Position after ply 1 (1. Nf3): ${game.fen()}`,
    `Outcome: ${outcome}.`
  ].join("\n");
};
const endgame = (start: string, moves: string, outcome: string) => {
  const game = new Chess(start);
  game.move(moves.split(" ")[1]);
  const plies = moves.split(" ").filter((token) => !/^\d/.test(token)).length;
  return `An endgame of ${plies} plies from the position ${start}.\nMoves: ${moves}\nPosition after ply 1 (${moves.split(" ").slice(0, 2).join(" ")}): ${game.fen()}\nOutcome: ${outcome}.`;
};
const rook = (clock: number) => `8/8/8/4k3/8/8/R7/4K3 w - - ${clock} 90`;

// Counts by hand: ply 8 is the third time of the first position, ply 16 the fifth.
test.each([
  [knights(8, "draw by threefold repetition"), ""],
  [knights(8, "draw by agreement"), ""],
  [knights(7, "draw by threefold repetition"), "wrong-outcome"],
  [knights(7, "unfinished, Black to move"), ""],
  [knights(7, "Black resigns"), ""],
  [knights(7, "White wins on time"), ""],
  [knights(7, "White wins by checkmate"), "wrong-outcome"],
  [knights(16, "draw by fivefold repetition"), ""],
  [knights(15, "draw by fivefold repetition"), "wrong-outcome"],
  [knights(16, "White resigns"), "wrong-outcome"],
  [knights(18, "White resigns"), "moves-after-end"],
  [scholar.replace("White wins by checkmate", "Black resigns"), "wrong-outcome"],
  [scholar.replace("White wins by checkmate", "draw by agreement"), "wrong-outcome"],
  [endgame(rook(98), "90. Ra3 Kd5", "draw by the fifty-move rule"), ""],
  [endgame(rook(97), "90. Ra3 Kd5", "draw by the fifty-move rule"), "wrong-outcome"],
  [endgame(rook(148), "90. Ra3 Kd5", "draw by the seventy-five-move rule"), ""],
  [endgame(rook(148), "90. Ra3 Kd5", "White wins on time"), "wrong-outcome"],
  [endgame(rook(148), "90. Ra3 Kd5 91. Ra4", "White resigns"), "moves-after-end"],
  [endgame(rook(10), "90. Ra3 Kd5", "Black wins on time"), "wrong-outcome"],
  [endgame(rook(10), "90. Ra3 Kd5", "White wins on time"), ""],
  // The queen at b6 takes every square from the king at a8 and gives no check.
  [endgame("k7/8/2K5/8/8/8/1Q6/8 w - - 0 1", "1. Qb6", "draw by stalemate"), ""],
  [endgame("k7/8/2K5/8/8/8/1Q6/8 w - - 0 1", "1. Qb7#", "draw by stalemate"), "wrong-outcome"],
  [endgame("7k/8/8/8/8/8/1r6/K7 w - - 0 1", "1. Kxb2", "draw by insufficient material"), ""],
  [endgame("7k/8/8/8/8/8/1r6/K7 w - - 0 1", "1. Kxb2", "White wins on time"), "wrong-outcome"]
])("ending %# is what the board, or a claim that it cannot refute, makes it", async (text, reason) => {
  expect((await judge(chessRules, text, "game")).reason).toBe(reason);
});

const pgn = `[Event "A"]
[Date "2020.??.??"]
[White "A \\"B\\""]
[Result "1-0"]
[PlyCount "7"]

1. e4 e5 2. Bc4 {a trap; (not closed} (2. Nf3 Nc6 (2... d6 3. d4!? exd4) 3. Bb5 $1) 2... Nc6 ; so far
3.Qh5 Nf6?? $4
4. Qxf7# 1-0`;

test.each([
  [pgn, ""],
  [`${pgn}\n\n${pgn}`, ""],
  ["1. e4 e5 *", ""],
  ["1. e4 e5 1-0", ""],
  [pgn.replace("Qxf7#", "Qxf7"), ""],
  [pgn.replace("Qxf7#", "Qxf7+"), "illegal-move"],
  [pgn.replace("Nf6??", "Nd6??"), "illegal-move"],
  [pgn.replace("d4!?", "d5!?"), "illegal-move"],
  [pgn.replace("exd4", "exd5"), "illegal-move"],
  [pgn.replace("2... Nc6", "2... Nxc6"), "illegal-move"],
  [pgn.replace("3.Qh5", "4.Qh5"), "wrong-number"],
  [pgn.replace(" 1-0", " 0-1"), "wrong-outcome"],
  [pgn.replaceAll("1-0", "0-1"), "wrong-outcome"],
  [pgn.replaceAll("1-0", "*"), "wrong-outcome"],
  [pgn.replaceAll("1-0", "1/2-1/2"), "wrong-outcome"],
  [pgn.replace('"7"', '"8"'), "wrong-length"],
  [pgn.replace(" $1)", " $1"), "wrong-number"],
  [pgn.replace("$4", "$256"), "unread"],
  [pgn.replace(" 1-0", ""), "unread"],
  [pgn.replace("# 1-0", "# 4... Kxf7 1-0"), "illegal-move"],
  [pgn.replace('[Event "A"]', '[Event "A"]\n[Event "B"]'), "bad-tag"],
  [pgn.replace('[Event "A"]', '[Variant "Atomic"]'), "unsupported"],
  [pgn.replace('[Event "A"]', '[SetUp "1"]'), "bad-tag"],
  [`${shuffled(16)} 1/2-1/2`, ""],
  [`${shuffled(16)} 1-0`, "wrong-outcome"],
  [`${shuffled(20)} 1-0`, "moves-after-end"],
  [`[Date "1950.01.01"]\n${shuffled(20)} 1-0`, ""],
  [`[SetUp "1"]\n[FEN "${rook(10)}"]\n90. Ra3 Kd5 0-1`, ""],
  [`[SetUp "1"]\n[FEN "${rook(10)}"]\n[Termination "time forfeit"]\n90. Ra3 Kd5 0-1`, "wrong-outcome"],
  [`[SetUp "1"]\n[FEN "${rook(10).replace(" w ", " b ")}"]\n90... Kd5 91. Ra3 1-0`, ""],
  [`[FEN "8/8 w - - 0 1"]\n1. e4 *`, "bad-position"],
  ['[White "A"]\n[Termination "unterminated"]\n1. e4 1-0', "wrong-outcome"],
  [`1. e4 ${"(1. d4 ".repeat(40)}`, "unread"],
  ["1. e4 (1. d4 d5) (1. c4) e5 2. O-O *", "illegal-move"]
])("PGN %# is refereed", async (text, reason) => {
  expect(await judge(chessRules, text, "game")).toMatchObject({reason});
});
