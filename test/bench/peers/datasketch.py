"""datasketch as its documentation has it: MinHash of 5-word shingles, MinHashLSH with 14 bands of 8, first come kept.

python datasketch.py IN.parquet OUT.parquet CORES each|batch: `each` updates shingle by shingle, as the documentation's
examples do, `batch` through update_batch.
"""

import re
import sys
from multiprocessing import Pool

# The script's folder comes first in the search path, and this file has the package's name.
sys.path.pop(0)
import pyarrow.parquet as pq  # noqa: E402
from datasketch import MinHash, MinHashLSH  # noqa: E402

word = re.compile(r"\w+")


def shingles(text):
    words = word.findall(text.lower())
    return {" ".join(words[i : i + 5]).encode() for i in range(max(1, len(words) - 4))}


def sign_each(text):
    signature = MinHash(num_perm=112)
    for shingle in shingles(text):
        signature.update(shingle)
    return signature


def sign_batch(text):
    signature = MinHash(num_perm=112)
    signature.update_batch(shingles(text))
    return signature


if __name__ == "__main__":
    source, target, cores, how = sys.argv[1:]
    sign = {"each": sign_each, "batch": sign_batch}[how]
    table = pq.read_table(source)
    texts = table["text"].to_pylist()
    if cores == "1":
        signatures = map(sign, texts)
    else:
        signatures = Pool(int(cores)).imap(sign, texts, chunksize=500)
    index = MinHashLSH(num_perm=112, params=(14, 8))
    kept = []
    for i, signature in enumerate(signatures):
        if index.query(signature):
            continue
        index.insert(i, signature, check_duplication=False)
        kept.append(i)
    pq.write_table(table.take(kept), target)
