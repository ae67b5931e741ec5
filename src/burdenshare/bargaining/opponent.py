"""Guessing what the other side wants from what it offers.

Frequency model: Hindriks, Jonker and Tykhonov 2009; van Krimpen, Looije and Hajizadeh 2013 (HardHeaded). Bayesian
concession curve: the idea of Hindriks and Tykhonov 2008 and Zeng and Sycara 1998, over time-dependent curves.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from burdenshare.bargaining.negotiator import View
from burdenshare.bargaining.space import FloatArray
from burdenshare.errors import BargainingError


@dataclass
class FrequencyModel:
    """Issues they hold fast weigh more; values they name often are worth more.

    All weights start equal. Each offer after the first adds `step` to the weight of every issue left unchanged from the
    offer before. A value's worth is its count, plus 1, as a part of the largest of its issue.
    """

    view: View
    step: float = 0.1
    last: FloatArray | None = None

    def __post_init__(self) -> None:
        self.weights = np.full(len(self.view.counts), 1.0 / len(self.view.counts))
        self.counts = [np.ones(count) for count in self.view.counts]

    def observe(self, outcome: int) -> None:
        places = self.view.digits[:, outcome]
        for issue, place in enumerate(places):
            self.counts[issue][place] += 1
            if self.last is not None and self.last[issue] == place:
                self.weights[issue] += self.step
        self.weights /= self.weights.sum()
        self.last = places.astype(np.float64)

    def utilities(self) -> FloatArray:
        """The guessed utility of every outcome, 0 to 1: float64 of shape (outcomes,)."""
        total = np.zeros(len(self.view.utilities))
        for issue, counts in enumerate(self.counts):
            total += self.weights[issue] * (counts / counts.max())[self.view.digits[issue]]
        return total


@dataclass
class BayesianConcession:
    """Where will they be at the deadline, and on what curve?

    Hypotheses: their offers' worth to us goes from their first offer's to `end` at the deadline along the curve t **
    exponent, for a grid of ends (over our range) and exponents (0.2 to 8). Each offer multiplies the weight of a
    hypothesis by the density of a normal error with deviation `noise` times our range.
    """

    view: View
    noise: float = 0.05
    ends: int = 41
    exponents: tuple[float, ...] = (0.2, 0.35, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)
    first: float | None = None
    first_time: float = 0.0
    log_weights: FloatArray = field(init=False)

    def __post_init__(self) -> None:
        if not self.noise > 0:
            raise BargainingError(f"The noise of the model is {self.noise}; it must be above 0.")
        ladder = self.view.ladder
        self.grid_ends = np.linspace(ladder.worst, ladder.best, self.ends)
        self.log_weights = np.zeros((len(self.exponents), self.ends))

    def curve(self, time: float) -> FloatArray:
        """What each hypothesis expects their offer at `time` to be worth to us: float64 of shape (exponents, ends)."""
        first = self.view.ladder.worst if self.first is None else self.first
        begun = np.array([math.pow(self.first_time, exponent) for exponent in self.exponents])[:, None]
        # math, not NumPy, for powers and exponentials: NumPy's last bit changes with the processor.
        powers = np.array([math.pow(time, exponent) for exponent in self.exponents])[:, None]
        gone = (powers - begun) / (1.0 - begun)
        return np.asarray(first + (self.grid_ends[None, :] - first) * gone, dtype=np.float64)

    def observe(self, outcome: int, time: float) -> None:
        worth = self.view.worth(outcome)
        if self.first is None:
            # An offer at the deadline itself says nothing about a way there.
            self.first, self.first_time = worth, min(time, 0.999)
            return
        span = max(self.view.ladder.best - self.view.ladder.worst, 1e-12)
        self.log_weights -= 0.5 * ((worth - self.curve(time)) / (self.noise * span)) ** 2
        self.log_weights -= self.log_weights.max()

    def weights(self) -> FloatArray:
        raw = [math.exp(weight) for weight in self.log_weights.ravel().tolist()]
        return np.reshape(raw, self.log_weights.shape) / math.fsum(raw)

    def expected(self, time: float) -> float:
        """The expected worth to us of their offer at `time`."""
        return math.fsum((self.weights() * self.curve(time)).ravel().tolist())

    def final(self) -> tuple[float, float]:
        """Mean and standard deviation of what they would give us at the deadline."""
        by_end = self.weights().sum(axis=0)
        mean = math.fsum((by_end * self.grid_ends).tolist())
        return mean, math.sqrt(math.fsum((by_end * (self.grid_ends - mean) ** 2).tolist()))
