"""How likely an agreement is: the mean of a logistic regression and a forest, or the class's rate where data are few.

The two err in different places, and the mean of two probabilities has a Brier score no worse than the mean of theirs
(the score is convex). The sides' targets are left out: in half-known tables, whether a target is known goes with the
outcome, and it helped on neither split. Forest: L. Breiman, Mach. Learn. 45, 2001.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from burdenshare.outlook.table.softmax import Softmax, fit_softmax
from burdenshare.outlook.table.state import FULL, Anchors, Standard, State, features

Array = NDArray[np.float64]
PENALTY = 30.0  # normal priors of deviation 0.18 on standardised features; 3 gave the same within a thousandth
TREES, LEAF = 100, 40  # leaves of 40 keep a tree's probability within about 0.08
MOST = 5000  # past negotiations that a tree is grown on; bounds the time for large tables
AMPLE = 60  # of the rarer outcome, from which all features and the forest are used; core ones from 8
PRIOR = 0.5  # of one pseudo-negotiation


@dataclass(frozen=True)
class Agreement:
    """The fitted probability of agreement.

    `data` is how much the past tells, in deals: it decides which features are used. A past of 1000 with 20
    disagreements tells no more of agreement than its 20, so it is the rarer outcome that counts.
    """

    anchors: Anchors
    data: int
    standard: Standard
    regression: Softmax
    forest: Any | None

    def probability(self, state: State) -> Array:
        """Shape (n,)."""
        x = self.standard(features(state, self.anchors, deals=self.data, aims=False))
        p = self.regression.probabilities(x)[:, 1]
        if self.forest is not None and len(x):
            p = (p + self.forest.predict_proba(x)[:, 1]) / 2
        return p


def fit_agreement(state: State, agreed: Array, anchors: Anchors, *, seed: int) -> Agreement:
    """Fits to past negotiations; `agreed` of shape (n,) holds 1 or 0."""
    rare = int(min(agreed.sum(), (1 - agreed).sum()))
    data = rare * FULL // AMPLE
    raw = features(state, anchors, deals=data, aims=False)
    standard = Standard.of(raw)
    x = standard(raw)
    shares = np.vstack([np.column_stack([1 - agreed, agreed]), [[1 - PRIOR, PRIOR]]])
    regression = fit_softmax(np.vstack([x, np.zeros((1, x.shape[1]))]), shares, penalty=PENALTY)
    enough = rare >= AMPLE and x.shape[1] > 0
    return Agreement(anchors, data, standard, regression, _grown(x, agreed, seed) if enough else None)


def _grown(x: Array, agreed: Array, seed: int) -> Any:
    from sklearn.ensemble import RandomForestClassifier

    forest = RandomForestClassifier(
        TREES, min_samples_leaf=LEAF, max_samples=min(MOST, len(x)), random_state=seed, n_jobs=1
    )
    return forest.fit(x, agreed)
