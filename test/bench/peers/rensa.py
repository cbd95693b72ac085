"""rensa: digests of 5-word shingles in batches, its deduplicator with 14 bands, estimated similarity 0.8, first kept.

python rensa.py IN.parquet OUT.parquet CORES
"""

import os
import re
import sys
from itertools import chain
from multiprocessing import Pool

# The script's folder comes first in the search path, and this file has the package's name.
sys.path.pop(0)
os.environ["RAYON_NUM_THREADS"] = "1"  # a process a core
import pyarrow.parquet as pq  # noqa: E402
from rensa import RMinHash, RMinHashDeduplicator  # noqa: E402

word = re.compile(r"\w+")


def shingles(text):
    words = word.findall(text.lower())
    return [" ".join(words[i : i + 5]) for i in range(max(1, len(words) - 4))]


def sign(texts):
    return RMinHash.from_token_sets([shingles(text) for text in texts], num_perm=112, seed=42)


if __name__ == "__main__":
    source, target, cores = sys.argv[1:]
    table = pq.read_table(source)
    texts = table["text"].to_pylist()
    batches = (texts[i : i + 1000] for i in range(0, len(texts), 1000))
    signed = map(sign, batches) if cores == "1" else Pool(int(cores)).imap(sign, batches)
    found = RMinHashDeduplicator(threshold=0.8, num_perm=112, use_lsh=True, num_bands=14)
    keep = found.add_pairs((str(i), signature) for i, signature in enumerate(chain.from_iterable(signed)))
    pq.write_table(table.filter(keep), target)
