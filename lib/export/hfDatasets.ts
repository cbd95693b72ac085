import {evidenceOf, hashComment} from "./evidence.js";
import type {Exported, Format} from "./format.js";
import {partsOf, sharesInText, type Part} from "./parts.js";
import {pythonList, pythonString} from "./python.js";

/**
 * A Python file for Hugging Face `datasets`: one set a tier, interleaved until all are used up.
 *
 * `interleave_datasets` draws examples, so that shares of tokens are turned into shares of examples by the tiers' mean
 * lengths, which only a data card tells.
 * Source: huggingface.co/docs/datasets, "Process", interleave_datasets.
 */
export const hfDatasets: Format = {
  id: "hf-datasets",
  file: "hf_datasets.py",
  summary: "Hugging Face datasets: a Python file with interleave_datasets",
  render(exported) {
    const parts = partsOf(exported);
    const shares = sharesInText(parts.map((part) => part.byExample));
    const text = [
      hashComment([...evidenceOf(exported), ...note(exported)]),
      "import math\nimport os\n\nfrom datasets import interleave_datasets, load_dataset\n\n",
      `DATA = os.environ.get("BALLAST_DIR", ${pythonString(exported.data?.folder ?? ".")})\n`,
      `SEED = ${exported.seed}\n`,
      `PROBABILITIES = {\n${parts.map((part, i) => `    ${pythonString(part.tier)}: ${shares[i]},\n`).join("")}}\n`,
      files(exported, parts),
      "assert math.isclose(sum(PROBABILITIES.values()), 1.0, abs_tol=1e-8)\n\n\n",
      "def load(streaming=False):\n",
      '    """All tiers, interleaved: a datasets.Dataset, or an IterableDataset when streaming."""\n',
      `    parts = [${one(exported)} for tier in PROBABILITIES]\n`,
      "    return interleave_datasets(\n        parts,\n        probabilities=list(PROBABILITIES.values()),\n",
      '        seed=SEED,\n        stopping_strategy="all_exhausted",\n    )\n\n\n',
      'if __name__ == "__main__":\n    print(load(streaming=True))\n'
    ].join("");
    return {text, evidence: null};
  }
};

function note({data}: Exported): string[] {
  return data === null
    ? [
        "No data card was given: the probabilities are shares of examples, true only if all tiers' examples are as long."
      ]
    : ["The probabilities are shares of examples: token shares divided by each tier's mean tokens an example."];
}

function files({data}: Exported, parts: readonly Part[]): string {
  if (data === null) return "";
  const entries = parts.map((part) => `    ${pythonString(part.tier)}: ${pythonList(part.files, "    ")},\n`);
  return `FILES = {\n${entries.join("")}}\n`;
}

function one({data}: Exported): string {
  if (data === null) return 'load_dataset(DATA, tier, split="train", streaming=streaming)';
  return [
    "\n        load_dataset(\n",
    '            "parquet",\n',
    '            data_files=[os.path.join(DATA, *file.split("/")) for file in FILES[tier]],\n',
    '            split="train",\n            streaming=streaming,\n        ).select_columns(["text", "domain", "tier"])\n       '
  ].join("");
}
