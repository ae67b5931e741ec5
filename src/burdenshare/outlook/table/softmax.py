"""Multinomial logistic regression with a ridge penalty, fitted to shares rather than to labels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Array = NDArray[np.float64]
TOLERANCE = 1e-5  # of the mean gradient; far below what a probability is printed to


@dataclass(frozen=True)
class Softmax:
    """`weights` has shape (1 + features, classes), the intercepts first."""

    weights: Array

    def probabilities(self, x: Array) -> Array:
        """Shape (n, classes) for `x` of shape (n, features)."""
        return _softmax(self.weights[0] + x @ self.weights[1:])


def fit_softmax(x: Array, shares: Array, *, penalty: float, start: Softmax | None = None) -> Softmax:
    """The regression of `shares` (n, classes; a row may sum to any weight) on `x` (n, features).

    Minimises the cross entropy plus penalty / 2 times the squared weights, intercepts left free, by L-BFGS. The same
    as a maximum a posteriori estimate with normal priors of variance 1 / penalty on standardised features.
    """
    n, features = x.shape
    classes = shares.shape[1]
    total = shares.sum(axis=1, keepdims=True)

    def loss(flat: Array) -> tuple[float, Array]:
        w = flat.reshape(1 + features, classes)
        p = _softmax(w[0] + x @ w[1:])
        gradient = np.empty_like(w)
        miss = total * p - shares
        gradient[0] = miss.sum(axis=0)
        gradient[1:] = x.T @ miss + penalty * w[1:]
        value = -np.sum(shares * np.log(np.maximum(p, 1e-300))) + penalty / 2 * np.sum(w[1:] ** 2)
        return value / n, gradient.ravel() / n

    first = np.zeros((1 + features, classes)) if start is None else start.weights
    found = minimize(loss, first.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 300, "gtol": TOLERANCE})
    return Softmax(found.x.reshape(1 + features, classes))


def _softmax(scores: Array) -> Array:
    scores = scores - scores.max(axis=1, keepdims=True)
    e = np.exp(scores)
    return np.asarray(e / e.sum(axis=1, keepdims=True))
