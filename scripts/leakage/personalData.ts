import {measurePii, type PiiMeasure} from "../../lib/curate/pii/measurePii.js";
import {piiMarkedTexts} from "../../lib/run/piiMarkedTexts.js";
import {publicPath} from "./publicPath.js";

/** Precision and recall of the detector of personal data on texts that people marked. */
export async function measurePersonalData(): Promise<{set: string; texts: number; types: PiiMeasure[]}> {
  const texts = [];
  for await (const text of piiMarkedTexts([publicPath("pii_presidio", "synth_dataset_v2_first300.json")]))
    texts.push(text);
  return {set: "Presidio's synthetic texts, the first 300", texts: texts.length, types: measurePii(texts)};
}
