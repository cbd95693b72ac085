import {afterAll, expect, test} from "vitest";
import {createRandom, type Random} from "../../lib/text/random.js";
import {createSqlAnswer, sqlAnswer} from "../../lib/verify/sqlAnswer.js";
import {openDatabase} from "../../lib/verify/sql/database.js";
import type {Evidence} from "../../lib/verify/verifier.js";
import {plantErrors, samples} from "./planted.js";

const context = {corpus: () => []};
const evidence = (text: string, reference?: string): Evidence => ({
  text,
  kind: "task",
  domain: "sql",
  generator: "test",
  family: "test",
  ...(reference === undefined ? {} : {reference})
});
const judge = (text: string, reference?: string) => sqlAnswer.verify(evidence(text, reference), context);

afterAll(() => sqlAnswer.close!());

interface Sale {
  city: string;
  item: string;
  price: number;
  n: number;
}

function made(random: Random, i: number): {sales: Sale[]; city: string; at: number; dialect: string; kind: number} {
  const cities = ["Oslo", "Lima", "Pune", "Bern"];
  const sales = Array.from({length: 5 + random.int(10)}, (_, i) => ({
    city: random.pick(cities),
    item: `item ${i}`,
    price: (100 + random.int(9000)) / 100,
    n: 1 + random.int(9)
  }));
  return {
    sales,
    city: sales[0].city,
    at: random.int(sales.length),
    dialect: ["sql", "mysql", "sqlite"][Math.min(2, Math.floor(i / 700))],
    kind: random.int(5)
  };
}

// Answers are worked out here, without SQL.
function textOf(
  {sales, city, dialect, kind}: ReturnType<typeof made>,
  answer?: string
): {text: string; answer: string} {
  const here = sales.filter((sale) => sale.city === city);
  const total = here.reduce((sum, {price, n}) => sum + Math.round(price * 100) * n, 0) / 100;
  const dear = [...sales].sort((a, b) => b.price * 1e6 - a.price * 1e6 || (a.item < b.item ? -1 : 1)).slice(0, 3);
  const [query, right] = [
    [`SELECT COUNT(*) FROM sales WHERE city = '${city}'`, String(here.length)],
    [`SELECT SUM(price * n) FROM sales WHERE city = '${city}'`, total.toFixed(2)],
    [
      "SELECT item, price FROM sales ORDER BY price DESC, item LIMIT 3",
      JSON.stringify(dear.map(({item, price}) => [item, price]))
    ],
    [`SELECT MAX(n) FROM sales WHERE city = '${city}'`, String(Math.max(...here.map(({n}) => n)))],
    [
      "SELECT city, SUM(n) AS total FROM sales GROUP BY city HAVING SUM(n) > 3",
      JSON.stringify(
        [...new Set(sales.map((s) => s.city))]
          .map((c) => [c, sales.filter((s) => s.city === c).reduce((sum, {n}) => sum + n, 0)])
          .filter(([, n]) => (n as number) > 3)
      )
    ]
  ][kind];
  const rows = sales.map(({city, item, price, n}) => `('${city}', '${item}', ${price.toFixed(2)}, ${n})`);
  return {
    text: `@question\nWhat was sold?\n@tables ${dialect}\nCREATE TABLE sales (city TEXT, item TEXT, price DECIMAL(10,2), n INT);\nINSERT INTO sales VALUES\n${rows.join(",\n")};\n@query ${dialect}\n${query};\n@answer\n${answer ?? right}`,
    answer: right
  };
}

test(`${samples} answers that were worked out by hand pass; the same with a digit, a row or a condition changed do not`, async () => {
  const random = createRandom("sql answers");
  function* cases() {
    for (let i = 0; i < samples; i++) {
      const one = made(random, i * 3.75);
      const {text, answer} = textOf(one);
      const digits = [...answer.matchAll(/\d/g)].map(({index}) => index);
      const place = random.pick(digits.length > 0 ? digits : [0]);
      const bent =
        digits.length === 0
          ? "[[0]]"
          : answer.slice(0, place) + ((Number(answer[place]) + 1 + random.int(9)) % 10) + answer.slice(place + 1);
      const here = one.sales.filter(({city}) => city === one.city).length;
      // Where half of the sales are the city's, the condition turned round counts the same: no error is planted.
      const half = i % 2 === 1 && one.kind === 0 && 2 * here === one.sales.length;
      // A leading zero says the same number: "06" for 6 is no error, so it is not planted.
      yield {
        clean: evidence(text),
        corrupt: half
          ? null
          : i % 2 === 0 || one.kind > 1
            ? evidence(textOf(one, bent).text)
            : evidence(text.replace(`city = '${one.city}'`, `city <> '${one.city}' AND n < 100`), answer)
      };
    }
  }
  const {refused, missed, caught, planted} = await plantErrors(sqlAnswer, cases());
  expect(refused).toEqual([]);
  expect(planted).toBeGreaterThan(0.95 * samples);
  // A condition turned round gives, now and then, the same count.
  expect(caught, missed[0]).toBeGreaterThanOrEqual(0.99 * planted);
});

const tables =
  "@tables mysql\nCREATE TABLE `t` (`name` TEXT, `n` INT, `d` DATE, `s` TEXT);\nINSERT INTO `t` VALUES ('Ann', 3, '2020-01-05', '10'), ('BOB', 5, '2021-07-01', '9a'), ('cy', NULL, NULL, 'x');";
const ask = (query: string, answer: string, reference?: string) =>
  judge(`${tables}\n@query mysql\n${query}\n@answer\n${answer}`, reference);

// What MySQL's manual says of each (Chapter 14, "Type Conversion in Expression Evaluation", and the functions' own pages).
test.each([
  ["SELECT name FROM t WHERE name = 'bob'", "BOB"],
  ["SELECT name FROM t WHERE s > 9", "Ann"],
  ["SELECT name FROM t WHERE s > '9'", '["BOB", "cy"]'],
  ["SELECT SUM(s) FROM t", "19"],
  ['SELECT "name" FROM t LIMIT 1, 1', "name"],
  ["SELECT `n` DIV 2, n / 2 FROM t WHERE name LIKE 'A%'", "[[1, 1.5]]"],
  ["SELECT IFNULL(n, -1) FROM t ORDER BY n LIMIT 1", "-1"],
  ["SELECT name FROM t WHERE d > '2020-06-01'", "BOB"],
  ["SELECT YEAR(d) FROM t WHERE d = '2020-01-05'", "2020"],
  ["SELECT COUNT(DISTINCT LOWER(name)), COUNT(n) FROM t", "[[3, 2]]"],
  ["SELECT IF(n > 4, 'big', 'small') FROM t WHERE n IS NOT NULL", '["small", "big"]'],
  ["SELECT name FROM t WHERE NOT (n <=> NULL) AND n BETWEEN 4 AND 6", "BOB"],
  ["SELECT GROUP_CONCAT(name ORDER BY name DESC SEPARATOR '/') FROM t", "cy/BOB/Ann"],
  ["SELECT a.name FROM t a JOIN t b ON a.n > b.n", "BOB"],
  ["SELECT x.m FROM (SELECT MAX(n) AS m FROM t) x WHERE EXISTS (SELECT 1 FROM t WHERE n = x.m)", "5"],
  ["SELECT name FROM t WHERE n = 100", "none"]
])("MySQL's %s is taken as MySQL takes it", async (query, answer) => {
  expect(await ask(query, answer)).toMatchObject({ok: true, sandbox: "process/duckdb"});
});

test.each([
  ["SELECT name FRM t", "1", "syntax"],
  ["SELECT name FROM 't'", "1", "syntax"],
  ["SELECT nam FROM t", "1", "error"],
  ["SELECT RAND()", "1", "unsupported"],
  ["SELECT NOW()", "1", "unsupported"],
  ["DROP TABLE t", "1", "unsupported"],
  ["SELECT LOAD_FILE('/etc/passwd')", "1", "unsupported"],
  ["SELECT 1; COMMIT; SELECT 1", "1", "syntax"],
  ["SELECT * FROM read_csv('/etc/passwd')", "1", "syntax"],
  [`SELECT ${"(".repeat(61)}1${")".repeat(61)}`, "1", "unsupported"],
  ["SELECT name FROM t", '["Ann", "BOB"]', "wrong-answer"],
  ["SELECT name FROM t", "", "wrong-answer"]
])("%s, stated to give %s, is refused as %s", async (query, answer, reason) => {
  expect(await ask(query, answer)).toMatchObject({reason});
});

test("DuckDB's own SQL reaches no file, no setting and no other job", async () => {
  const raw = (query: string) => judge(`@tables csv\n## t\na,b\n1,x\n2,y\n@query sql\n${query}\n@answer\n1`);
  for (const [query, reason] of [
    ["SELECT * FROM read_text('/etc/passwd')", "error"],
    ["SELECT * FROM '/etc/passwd'", "error"],
    ["COPY t TO '/tmp/x'", "error"],
    ["ATTACH '/tmp/x'", "unsupported"],
    ["SET memory_limit = '9GB'", "unsupported"],
    ["INSTALL httpfs", "unsupported"],
    ["COMMIT", "unsupported"],
    ["CREATE TABLE u AS SELECT 1", "unsupported"],
    ["SELECT 1; DROP TABLE t", "unsupported"],
    ["SELECT random()", "unsupported"],
    ["SELECT a FROM t, range(20000)", "too-many-rows"]
  ])
    expect(await raw(query), query).toMatchObject({reason});
  expect(await raw("SELECT a FROM t WHERE b = 'x'")).toMatchObject({ok: true});
});

test("a query without end is stopped, and a greedy one runs out of memory", async () => {
  const impatient = createSqlAnswer(() => openDatabase({patience: 400}));
  const raw = (query: string) =>
    impatient.verify(evidence(`@tables csv\n## t\na\n1\n@query sql\n${query}\n@answer\n1`), context);
  expect(await raw("SELECT a FROM t")).toMatchObject({ok: true});
  expect(await raw("SELECT count(*) FROM range(10000000000) x, range(10000) y")).toMatchObject({reason: "timeout"});
  expect((await raw("SELECT list(a.range) FROM range(100000000) a")).reason).toMatch(/^(out-of-memory|timeout)$/);
  expect(await raw("SELECT a FROM t")).toMatchObject({ok: true});
  await impatient.close!();
});

test("a trusted query judges rows, their order where it counts, and the state that statements leave", async () => {
  const query = (sql: string) => `${tables}\n@query mysql\n${sql}`;
  expect(await judge(query("SELECT s FROM t ORDER BY s DESC"), "SELECT s FROM t")).toMatchObject({ok: true});
  expect(await judge(query("SELECT s FROM t ORDER BY s DESC"), "SELECT s FROM t ORDER BY s")).toMatchObject({
    reason: "wrong-order"
  });
  expect(await judge(query("SELECT n FROM t WHERE n > 1"), "SELECT n FROM t")).toMatchObject({reason: "wrong-result"});
  expect(
    await judge(query("UPDATE t SET n = n + 1 WHERE name = 'ann'"), "UPDATE t SET n = 4 WHERE name = 'Ann'")
  ).toMatchObject({ok: true});
  expect(await judge(query("UPDATE t SET n = n + 1"), "UPDATE t SET n = 4 WHERE name = 'Ann'")).toMatchObject({
    reason: "wrong-state"
  });
  expect(await judge(query("DELETE FROM t WHERE n = 5"), "SELECT 1")).toMatchObject({reason: "wrong-state"});
  expect(await judge(query("SELECT 1"), "SELECT oops FROM t")).toMatchObject({reason: "reference-failed"});
  expect(await judge(query("SELECT 1"))).toMatchObject({reason: "nothing-to-compare"});
});

test("SQLite divides whole numbers as such, and keeps texts and numbers apart", async () => {
  const raw = (query: string, answer: string) =>
    judge(
      `@tables sqlite\nCREATE TABLE t (a INTEGER, b TEXT);\nINSERT INTO t VALUES (7, '10'), (2, '9');\n@query sqlite\n${query}\n@answer\n${answer}`
    );
  expect(await raw("SELECT a / 2 FROM t WHERE b = 10", "3")).toMatchObject({ok: true});
  expect(await raw("SELECT a FROM t WHERE b < '9'", "7")).toMatchObject({ok: true});
  expect(await raw('SELECT CAST(a AS REAL) / 2 FROM t WHERE [b] = "9"', "1.0")).toMatchObject({ok: true});
  expect(await raw("SELECT SUM(a) / COUNT(*) FROM t", "4")).toMatchObject({reason: "unsupported"});
});
