import {measurePii, type Measured, type PiiMeasure} from "../curate/pii/measurePii.js";
import {piiMarkedTexts} from "../run/piiMarkedTexts.js";
import {Misuse, parse} from "./command.js";
import {table} from "./table.js";

/** `ballast privacy measure`: how well personal data is found in texts that people marked. */
export async function privacyMeasure(args: readonly string[]): Promise<number> {
  const {values, positionals: inputs} = parse(
    args,
    {match: {type: "string", default: "half"}, json: {type: "boolean", default: false}},
    {least: 1, most: Infinity}
  );
  const {match} = values;
  if (match !== "half" && match !== "exact") throw new Misuse(`--match: expected half or exact, got ${match}`);
  const texts = [];
  for await (const text of piiMarkedTexts(inputs)) texts.push(text);
  const measured = measurePii(texts, {match});
  process.stdout.write(
    values.json ? `${JSON.stringify({texts: texts.length, match, types: measured})}\n` : shown(measured)
  );
  return 0;
}

function shown(measured: readonly PiiMeasure[]): string {
  const share = ({value, interval}: Measured) =>
    value === null ? "–" : `${value.toFixed(3)} [${interval!.map((end) => end.toFixed(3)).join(", ")}]`;
  return table([
    ["type", "marked", "recalled", "found", "right", "precision", "recall", "F1"],
    ...measured
      .filter(({marked, found}) => marked + found > 0)
      .map(({type, marked, recalled, found, right, precision, recall, f1}) => [
        ...[type, String(marked), String(recalled), String(found), String(right)],
        ...[share(precision), share(recall), share(f1)]
      ])
  ]);
}
