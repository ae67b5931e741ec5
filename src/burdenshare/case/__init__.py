"""Case files: loaded, checked, shipped. The model is in `model`; nothing here touches the record."""

from burdenshare.case.coverage import coverage, unknown_names
from burdenshare.case.load import check, load, shipped
from burdenshare.case.model import (
    Agreement,
    Body,
    Case,
    CategoryFigure,
    Name,
    Office,
    Party,
    PastPosition,
    PastRound,
    Payment,
    Person,
    Place,
    Post,
    Source,
    Version,
    YearlyFigure,
)
from burdenshare.case.new import Side, new
from burdenshare.case.problem import Problem

__all__ = [
    "Agreement", "Body", "Case", "CategoryFigure", "Name", "Office", "Party", "PastPosition", "PastRound", "Payment",
    "Person", "Place", "Post", "Problem", "Side", "Source", "Version", "YearlyFigure", "check", "coverage", "load",
    "new", "shipped", "unknown_names",
]  # fmt: skip
