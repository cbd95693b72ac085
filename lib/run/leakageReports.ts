import {readFile} from "node:fs/promises";
import {z} from "zod";
import {literal, rows, withDuckDB} from "../io/duckdb.js";
import type {Artefacts} from "./artefacts.js";
import type {BenchmarkCount} from "./contaminationTally.js";

const share = z.tuple([z.number(), z.number()]).nullable();

const Contamination = z.looseObject({
  documents: z.int().min(0),
  contaminated: z.int().min(0),
  items: z.int().min(0),
  sealed: z.int().min(0),
  benchmarks: z.array(
    z.looseObject({
      benchmark: z.string(),
      items: z.int(),
      sealed: z.int(),
      documents: z.int(),
      contaminated: z.int(),
      methods: z.array(
        z.looseObject({
          method: z.string(),
          items: z.int(),
          of: z.int(),
          questions: z.int(),
          documents: z.int(),
          share: z.number().nullable(),
          interval: share,
          traces: z.int()
        })
      )
    })
  )
}) satisfies z.ZodType<{benchmarks: BenchmarkCount[]}>;

const Rate = z.looseObject({
  fpr: z.number(),
  tpr: z.number().nullable(),
  interval: share,
  detail: z.string()
});

const Separated = z.looseObject({
  members: z.int(),
  nonMembers: z.int(),
  auc: z.number(),
  interval: z.tuple([z.number(), z.number()]),
  tpr: z.array(Rate)
});

const Memorised = z.looseObject({
  samples: z.int().min(0),
  least: z.int(),
  max: z.int(),
  beyondMax: z.number().nullable(),
  p99: z.number().nullable(),
  p99Interval: z.tuple([z.number(), z.number().nullable()]).nullable(),
  run: z.int(),
  long: z.looseObject({samples: z.int(), share: z.number().nullable(), interval: share}),
  coverage: z.looseObject({proportion: z.number().nullable(), interval: share})
});

const Privacy = z.looseObject({
  samples: z.int().min(0),
  seeds: z.int().min(0),
  pii: z.array(
    z.looseObject({
      type: z.string(),
      found: z.int(),
      samples: z.int(),
      seedValues: z.int(),
      replayed: z.int(),
      replays: z.int()
    })
  ),
  memorisation: Memorised,
  nearCopies: z.looseObject({threshold: z.number(), samples: z.int(), share: z.number().nullable(), interval: share}),
  canaries: z
    .looseObject({
      canaries: z.int(),
      bits: z.number(),
      hits: z.int(),
      verbatim: z.int(),
      bound: z.number(),
      exposures: z.looseObject({
        scored: z.int(),
        method: z.string(),
        canaries: z.array(
          z.looseObject({id: z.string(), exposure: z.number(), interval: z.tuple([z.number(), z.number()])})
        )
      })
    })
    .nullable(),
  membership: z
    .looseObject({
      members: z.int(),
      nonMembers: z.int(),
      blind: z.looseObject({auc: z.number(), chance: z.tuple([z.number(), z.number()]), p: z.number()}).nullable(),
      attacks: z.array(Separated.extend({id: z.string(), leaks: z.boolean()})),
      verdict: z.string(),
      detail: z.string(),
      control: Separated
    })
    .nullable(),
  alarms: z.array(z.looseObject({}))
});

/** Traces that a page holds at most. */
const mostTraces = 300;

/** What commands wrote into a data set's folder; null where they were not run. */
export interface LeakageReports {
  contamination: (z.infer<typeof Contamination> & {traces: Record<string, unknown>[]; tracesOf: number}) | null;
  privacy: z.infer<typeof Privacy> | null;
}

/**
 * Reads what `ballast contamination` and `ballast privacy` wrote, as far as a page shows it.
 *
 * @throws TypeError naming file and field where it is not what they write
 */
export async function leakageReports({
  contamination,
  traces,
  privacy
}: Pick<Artefacts, "contamination" | "traces" | "privacy">): Promise<LeakageReports> {
  return {
    contamination:
      contamination === null ? null : {...(await read(contamination, Contamination)), ...(await readTraces(traces))},
    privacy: privacy === null ? null : await read(privacy, Privacy)
  };
}

async function read<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    throw new TypeError(`${path}: expected JSON: ${(error as Error).message}`, {cause: error});
  }
  const {data, error} = schema.safeParse(value);
  if (data === undefined)
    throw new TypeError(`${path}: ${error?.issues[0].path.join(".")}: ${error?.issues[0].message}`);
  return data;
}

/** SQL of a place without the folders of the machine that it was found on. */
const placeOf = (column: string) =>
  `CASE WHEN regexp_matches(${column}, '^([A-Za-z]:|[\\\\/])') THEN regexp_extract(${column}, '[^\\\\/]*$') ELSE ${column} END AS ${column}`;

/** The surest traces: longest runs of words first, then weighted words, then nominations. */
async function readTraces(path: string | null): Promise<{traces: Record<string, unknown>[]; tracesOf: number}> {
  if (path === null) return {traces: [], tracesOf: 0};
  return withDuckDB(async (connection) => {
    const from = `read_parquet(${literal(path)})`;
    const traces = await rows(
      connection,
      `SELECT ${placeOf("document")}, benchmark, ${placeOf("item")}, method, part, grams, score FROM ${from}
       ORDER BY CASE method WHEN 'tfidf' THEN 0 WHEN 'idf' THEN 1 WHEN 'whole' THEN 2 ELSE try_cast(substr(method, 7) AS INTEGER) END DESC,
         score DESC, document, benchmark, item LIMIT ${mostTraces}`
    );
    const [{n}] = await rows(connection, `SELECT count(*) AS n FROM ${from}`);
    return {traces, tracesOf: n as number};
  });
}
