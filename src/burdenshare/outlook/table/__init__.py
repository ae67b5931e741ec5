"""A forecaster for any bargaining over one number, learned from a table of past negotiations.

from pathlib import Path
from burdenshare.outlook.table import forecast_table, read_table

past, opened = read_table(Path("past"), past=True), read_table(Path("open"), past=False)
forecasts = forecast_table(past.negotiations, opened.negotiations, first=2)
"""

from burdenshare.outlook.table.files import Table, TableError, read_table
from burdenshare.outlook.table.forecast import forecast_table
from burdenshare.outlook.table.negotiations import LEVELS, Forecast, Negotiation, Offer

__all__ = [
    "LEVELS", "Forecast", "Negotiation", "Offer", "Table", "TableError", "forecast_table", "read_table",
]  # fmt: skip
