"""What a position costs: year by year, by category, in both currencies, at constant prices, against what is paid."""

from burdenshare.costs.basis import Basis
from burdenshare.costs.cost import cost
from burdenshare.costs.departures import Departure, departures
from burdenshare.costs.export import rows, to_json
from burdenshare.costs.model import Comparison, Costing, CostYear, Lapse, LapseMonth, Money, Part, Position, Total
from burdenshare.costs.position import NoFigureError, Terms, of_agreement, of_claim, of_item
from burdenshare.costs.table import Table, on_the_table
from burdenshare.costs.wording import from_words

__all__ = [
    "Basis", "Comparison", "CostYear", "Costing", "Departure", "Lapse", "LapseMonth", "Money", "NoFigureError", "Part",
    "Position", "Table", "Terms", "Total", "cost", "departures", "from_words", "of_agreement", "of_claim", "of_item",
    "on_the_table", "rows", "to_json",
]  # fmt: skip
