"""RegMix's own predictor: LightGBM, 1,000 trees at a learning rate of 0.01, on mixture weights.

usage: regmixPeer.py train_mixture.csv train_loss.csv large_mixture.csv large_loss.csv TARGET
Prints Spearman's rank correlation of its predictions for the large runs' mixtures with their losses.
"""

import sys

import lightgbm
import pandas
from scipy.stats import spearmanr

*paths, target = sys.argv[1:]
train, loss, mixture, large = (pandas.read_csv(path).set_index("index").sort_index() for path in paths)
settings = {
    "objective": "regression",
    "learning_rate": 0.01,
    "seed": 42,
    "num_threads": 1,
    "deterministic": True,
    "verbosity": -1,
}
model = lightgbm.train(settings, lightgbm.Dataset(train.values, loss[target].values), 1000)
print(spearmanr(model.predict(mixture.values), large[target].values).statistic)
