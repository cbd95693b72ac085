"""text-dedup's own minhash command at 5 words, 14 bands of 8; what it saves as Arrow is then written as Parquet.

python textDedup.py IN.parquet OUT.parquet CORES
"""

import os
import sys
import tempfile

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_DATASETS_OFFLINE"] = "1"
source, target, cores = sys.argv[1:]
folder = tempfile.mkdtemp(dir=os.path.dirname(target))
os.environ["HF_HOME"] = folder
from datasets import load_from_disk  # noqa: E402
from text_dedup.minhash import main  # noqa: E402

if __name__ == "__main__":
    given = {"path": "parquet", "data_files": source, "split": "train", "column": "text", "output": f"{folder}/out"}
    given |= {"cache_dir": f"{folder}/cache", "num_proc": cores, "ngram": 5, "num_perm": 112, "b": 14, "r": 8}
    main([word for name, value in given.items() for word in (f"--{name}", str(value))], standalone_mode=False)
    load_from_disk(f"{folder}/out").to_parquet(target)
