"""datatrove's four stages of MinHash deduplication on this machine: signatures, buckets, clusters, filter.

python datatrove.py IN.parquet OUT CORES: IN is read in as many parts as there are cores.
"""

import os
import sys
import tempfile

sys.path.pop(0)
from loguru import logger  # noqa: E402

logger.remove()
os.environ["HF_HUB_OFFLINE"] = "1"
import pyarrow.parquet as pq  # noqa: E402
from datatrove.executor import LocalPipelineExecutor  # noqa: E402
from datatrove.pipeline.dedup import MinhashDedupBuckets, MinhashDedupCluster, MinhashDedupFilter, MinhashDedupSignature  # noqa: E402
from datatrove.pipeline.dedup.minhash import MinhashConfig  # noqa: E402
from datatrove.pipeline.readers import ParquetReader  # noqa: E402
from datatrove.pipeline.writers import ParquetWriter  # noqa: E402

if __name__ == "__main__":
    source, target, cores = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with tempfile.TemporaryDirectory(dir=os.path.dirname(target)) as folder:
        # A task reads whole files: one file a core.
        table = pq.read_table(source)
        os.mkdir(f"{folder}/in")
        part = -(-len(table) // cores)
        for i in range(cores):
            pq.write_table(table.slice(i * part, part), f"{folder}/in/{i}.parquet")
        config = MinhashConfig(n_grams=5, num_buckets=14, hashes_per_bucket=8)

        def run(name, pipeline, tasks):
            LocalPipelineExecutor(
                pipeline=pipeline, tasks=tasks, workers=cores, logging_dir=f"{folder}/logs/{name}", skip_completed=False
            ).run()

        read = ParquetReader(f"{folder}/in", text_key="text", id_key="id")
        run("sign", [read, MinhashDedupSignature(output_folder=f"{folder}/sign", config=config)], cores)
        run("buckets", [MinhashDedupBuckets(f"{folder}/sign", f"{folder}/buckets", config=config)], 14)
        run("cluster", [MinhashDedupCluster(f"{folder}/buckets", f"{folder}/remove", config=config)], 1)
        run("filter", [read, MinhashDedupFilter(f"{folder}/remove"), ParquetWriter(target, compression="zstd")], cores)
