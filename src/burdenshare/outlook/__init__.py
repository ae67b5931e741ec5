"""From a dossier and a case to a forecast, and the backtest that scores it.

from burdenshare.outlook import outlook

outlook(dossier, case, as_of=date(2019, 12, 20)).sentence
"""

from burdenshare.outlook.backtesting import TrackRecord, backtest
from burdenshare.outlook.forecast import SIMULATIONS, VERSION, from_record, outlook
from burdenshare.outlook.known import known
from burdenshare.outlook.model import (
    LEVELS,
    Baseline,
    Distribution,
    Influence,
    Lapse,
    Outlook,
    Sampler,
    Zone,
    to_json,
)
from burdenshare.outlook.what_if import NAMES as WHAT_IF_NAMES

__all__ = [
    "LEVELS", "SIMULATIONS", "VERSION", "WHAT_IF_NAMES", "Baseline", "Distribution", "Influence", "Lapse", "Outlook",
    "Sampler", "TrackRecord", "Zone", "backtest", "from_record", "known", "outlook", "to_json",
]  # fmt: skip
