import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, expect, test} from "vitest";
import {rows, withDuckDB} from "../../lib/io/duckdb.js";
import {sha256} from "../../lib/io/sha256.js";
import {check} from "../../lib/run/check.js";
import {runFactory} from "../../lib/run/factory.js";
import {parseRecipe} from "../../lib/run/recipe.js";
import {drawn, drawPng} from "../endpoints/drawPng.js";
import {faults, serveModels, type AskedModel, type Reply} from "../endpoints/modelServer.js";
import {filesOf, writeNotes} from "./askedModels.js";

const folder = mkdtempSync(join(tmpdir(), "ballast-pictures-"));
afterAll(() => rmSync(folder, {recursive: true, force: true}));
writeNotes(folder, 12);

function recipeOf(url: string, more = "") {
  const output = "output: {train: true, jurisdictions: [EU], terms: apache-2.0}";
  const endpoint = (id: string, model: string, extra = "") =>
    `  - {id: ${id}, url: "${url}", model: ${model}, price: {currency: EUR, input: 1, output: 2${extra}}, ${output}}`;
  return parseRecipe(`
name: pictured
license: CC0-1.0
seeds:
  - {id: notes, source: jsonl, path: notes.jsonl, license: CC0-1.0, kind: human, domain: prose}
endpoints:
${endpoint("a", "qwen3-32b")}
${endpoint("painter", "our-painter", ", image: 0.04").replace("price:", "family: painter, price:")}
${endpoint("j0", "mistral-small")}
${endpoint("j1", "gemma-3-27b")}
${endpoint("j2", "phi-4")}
critics: {judges: [j0, j1, j2]}
budget: {money: {EUR: 2}}
generate:
  - {generator: captioned-image, from: notes, teachers: [a], image: painter, options: {size: 8x8}}
rules: {generators: 1, anchor: 0}
policy:
  captioned-image: {require: [critic-caption], promote: [critic-caption]}
${more}`);
}

interface Part {
  type: string;
  text?: string;
  image_url?: {url: string};
}

/** What a picture's judge was shown, and its caption. */
function shown({body: {messages}}: AskedModel): {url: string; caption: string} {
  const [picture, text] = messages[1].content as unknown as Part[];
  return {url: picture.image_url!.url, caption: JSON.parse(text.text!.slice("CAPTION: ".length)) as string};
}

/** A teacher that plans a picture of each note, and judges that take the picture for what was drawn of its caption. */
function answer(asked: AskedModel): Reply {
  const {model, messages} = asked.body;
  if (model === "qwen3-32b") {
    const material = /as one JSON string: ("[^\n]*")/.exec(messages[1].content)![1];
    const words = (JSON.parse(material) as string).split(" ").slice(0, 6).join(" ");
    return JSON.stringify({description: `A board with ${words}.`, caption: `A board that shows ${words} in paint.`});
  }
  const {url, caption} = shown(asked);
  const description = caption.replace("A board that shows", "A board with").replace(" in paint.", ".");
  const right = [description, "a mirror"].some(
    (drawing) => url === `data:image/png;base64,${drawPng(drawing).toString("base64")}`
  );
  const claims = [{words: caption.slice(0, -1), shown: right ? "yes" : "no"}];
  const verdict = right ? "pass" : "fail";
  return JSON.stringify({claims, verdict, confidence: 0.9, evidence: caption, reason: "as it is seen"});
}

test("captioned pictures are drawn once, judged by models that see them, checked, and made again offline", async () => {
  const bodies: Record<string, unknown>[] = [];
  const server = await serveModels(answer, {
    image(body, number) {
      bodies.push(body);
      // One that is filtered, one that is no picture, one that shows something else, two that show one thing.
      if (number === 0) return faults.filtered;
      if (number === 1) return drawn(Buffer.from("<!doctype html>"));
      if (number === 2) return drawn(drawPng("something else"));
      if (number < 5) return drawn(drawPng("a mirror"));
      // One at which the run ends.
      if (number === 6) return faults.refusedKey("none");
      return drawn(drawPng(body.prompt as string));
    }
  });
  const out = join(folder, "out");
  const run = () => runFactory({recipe: recipeOf(server.url), folder, out, workers: 1});
  try {
    await expect(run()).rejects.toThrow(/painter: .*Incorrect API key/);
    const answers = readFileSync(join(folder, ".ballast/answers/answers.jsonl"), "utf8").split("\n");
    const before = answers.flatMap((line) => /"draw":1,.*"prompt":("[^"]*")/.exec(line)?.slice(1) ?? []);
    expect(before.length).toBeGreaterThan(0);
    const asked = bodies.length;
    const {card} = await run();
    // What had come by then is not drawn, nor paid, again.
    const again = bodies.slice(asked).map(({prompt}) => JSON.stringify(prompt));
    expect(again.filter((prompt) => before.includes(prompt))).toEqual([]);
    expect(new Set([...before, ...again]).size).toBe(12);
    expect(bodies[3]).toMatchObject({model: "our-painter", size: "8x8", n: 1, response_format: "b64_json"});
    expect(card.counts.byReason).toEqual({
      "picture-refused": 1,
      "picture-wrong-form": 1,
      "critic-caption:not-shown": 1,
      "same-picture": 1
    });
    expect(card.counts.byGenerator["captioned-image@a+painter"]).toMatchObject({family: "painter+qwen", kept: 8});
    expect(card.models!.asked.find(({role}) => role === "draw")).toMatchObject({endpoint: "painter", requests: 12});
    // The one that was refused by the panel, too.
    expect(card.media!.pictures).toBe(9);
    expect((await check(out)).findings).toEqual([]);
    expect((await run()).changed).toBe(false);
    expect(readFileSync(join(out, "README.md"), "utf8")).toContain("9 pictures");

    const [{media}] = await withDuckDB((db) =>
      rows(db, `SELECT media FROM '${join(out, "data/prose/T2/*.parquet")}' LIMIT 1`)
    );
    const [{path, sha256: hash, ...rest}] = media as [{path: string; sha256: string}];
    expect(path).toBe(`media/${hash.slice(0, 2)}/${hash}.png`);
    const bytes = readFileSync(join(out, path));
    expect([sha256(bytes), rest]).toEqual([hash, {mediaType: "image/png", bytes: bytes.length, width: 8, height: 8}]);

    const made = filesOf(out);
    const spent = readFileSync(join(folder, ".ballast", "answers-spent", "pictured.jsonl"), "utf8");
    expect(spent).not.toContain("captioned");
    rmSync(out, {recursive: true});
    server.close();
    await runFactory({recipe: recipeOf(server.url), folder, out, workers: 2, offline: true});
    expect(filesOf(out)).toEqual(made);

    // What is not as the rows say is found: a picture that is gone, one that is another, one that nobody names.
    const [gone, other] = made.flatMap(([file]) =>
      file.startsWith("/media/") && file.slice(1) !== path ? [file] : []
    );
    rmSync(join(out, gone));
    writeFileSync(join(out, other), drawPng("something else", {width: 9}));
    mkdirSync(join(out, "media/ff"), {recursive: true});
    writeFileSync(join(out, "media/ff/stray.png"), drawPng("stray"));
    const {findings} = await check(out);
    expect(findings.map(({file, field, expected}) => `${file} ${field} ${expected}`)).toEqual(
      expect.arrayContaining([
        `${gone.slice(1)}  a picture that a row names`,
        `${other.slice(1)} width 9`,
        "media/ff/stray.png  a picture that a row names"
      ])
    );
    expect(findings.some(({file, field}) => file === "data-card.json" && field === "media.sha256")).toBe(true);
    expect((await runFactory({recipe: recipeOf(server.url), folder, out, workers: 1, offline: true})).changed).toBe(
      true
    );
    expect(filesOf(out)).toEqual(made);
  } finally {
    server.close();
  }
});
