#!/usr/bin/env python3
"""FID and exact RKE mode counts in NumPy and SciPy: what `lensmill benchmark metrics` is compared with.

    metrics_numpy.py GENERATED REAL DIMENSIONS BANDWIDTHS

The files hold little-endian doubles, row by row. Reads `fid` or `rke` from standard input, a line each, and answers with
a line of JSON: seconds and values.
"""
import json
import sys
import time

import numpy as np
import scipy.linalg

BLOCK = 1000


def fid(x, y):
    """Heusel et al. 2017, equation 6, as pytorch-fid and torchmetrics have had it."""
    mean_x, mean_y = np.mean(x, axis=0), np.mean(y, axis=0)
    cov_x, cov_y = np.cov(x, rowvar=False), np.cov(y, rowvar=False)
    root = scipy.linalg.sqrtm(cov_x @ cov_y)
    return [float(((mean_x - mean_y) ** 2).sum() + np.trace(cov_x) + np.trace(cov_y) - 2 * np.trace(root).real)]


def rke(x, bandwidths):
    """1 / mean over all pairs of exp(-|x-y|^2 / sigma^2), in blocks of rows."""
    norms = (x * x).sum(axis=1)
    sums = [0.0] * len(bandwidths)
    for first in range(0, len(x), BLOCK):
        block = slice(first, first + BLOCK)
        distances = norms[block, None] + norms[None, :] - 2 * (x[block] @ x.T)
        for b, bandwidth in enumerate(bandwidths):
            sums[b] += float(np.exp(distances / -bandwidth**2).sum())
    return [len(x) ** 2 / total for total in sums]


def main():
    generated, real = (np.fromfile(name, dtype="<f8").reshape(-1, int(sys.argv[3])) for name in sys.argv[1:3])
    bandwidths = [float(text) for text in sys.argv[4].split(",")]
    for line in sys.stdin:
        begin = time.perf_counter()
        values = fid(generated, real) if line.strip() == "fid" else rke(generated, bandwidths)
        print(json.dumps({"seconds": time.perf_counter() - begin, "values": values}), flush=True)


if __name__ == "__main__":
    main()
