"""The Chinchilla fit by scipy's L-BFGS-B with analytic gradients, over two processes: the peer of our bench.

Reads one JSON document {n, d, loss, starts, optimum, draws, restarts} from stdin, writes one to stdout. Each start is
run until no entry of the gradient is above 1e-8: L-BFGS-B is started again where it stops short of that, for as long as
the objective falls.
"""

import json
import os
import sys
import time
from multiprocessing import get_context

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np
import scipy
from scipy.optimize import minimize

DELTA = 1e-3
OPTIONS = {"gtol": 1e-8, "ftol": 1e-15, "maxiter": 10_000, "maxfun": 100_000}


def load(task):
    global log_n, log_d, log_loss
    log_n, log_d, log_loss = (np.log(np.array(task[key])) for key in ("n", "d", "loss"))


def objective(phi, log_n, log_d, log_loss, times):
    e, a, b, alpha, beta = phi
    terms = np.exp(a - alpha * log_n), np.exp(b - beta * log_d), np.exp(e)
    prediction = terms[0] + terms[1] + terms[2]
    residual = np.log(prediction) - log_loss
    size = np.abs(residual)
    loss = np.where(size <= DELTA, 0.5 * residual * residual, DELTA * (size - 0.5 * DELTA))
    slope = times * np.clip(residual, -DELTA, DELTA) / prediction
    by_n = slope * terms[0]
    by_d = slope * terms[1]
    gradient = np.array([terms[2] * slope.sum(), by_n.sum(), by_d.sum(), -(by_n @ log_n), -(by_d @ log_d)])
    return times @ loss, gradient


def fit(phi, times):
    # Runs that a draw left out are not computed.
    there = times > 0
    args = log_n[there], log_d[there], log_loss[there], times[there]
    best, evaluations, once = np.inf, 0, 0
    while True:
        found = minimize(objective, phi, args=args, jac=True, method="L-BFGS-B", options=OPTIONS)
        evaluations += found.nfev
        once = once or found.nfev
        largest = np.abs(found.jac).max()
        # It often stops short, with a failed line search: started again from there for as long as that helps.
        if largest <= OPTIONS["gtol"] or not found.fun < best:
            return [float(found.fun), float(largest), int(evaluations), int(once), *map(float, found.x)]
        best, phi = found.fun, found.x


def run_starts(phis):
    return [fit(phi, np.ones(len(log_n))) for phi in phis]


def run_draws(task):
    optimum, seeds = task
    found = []
    for seed in seeds:
        drawn = np.random.default_rng(seed).integers(len(log_n), size=len(log_n))
        found.append(fit(optimum, np.bincount(drawn, minlength=len(log_n)).astype(float)))
    return found


def timed(pool, work, tasks):
    started = time.perf_counter()
    results = [row for rows in pool.map(work, tasks, chunksize=1) for row in rows]
    return {"seconds": time.perf_counter() - started, "results": results}


def main():
    np.seterr(all="ignore")
    task = json.load(sys.stdin)
    load(task)
    starts, draws, optimum = task["starts"], task["draws"], task["optimum"]
    with get_context("fork").Pool(task["processes"]) as pool:
        pool.map(run_starts, [starts[:1]] * 4)
        answer = {
            "scipy": scipy.__version__,
            "starts": timed(pool, run_starts, [starts[i : i + 25] for i in range(0, len(starts), 25)]),
            "draws": timed(pool, run_draws, [(optimum, list(range(i, min(i + 25, draws)))) for i in range(0, draws, 25)]),
        }
    json.dump(answer, sys.stdout)


main()
