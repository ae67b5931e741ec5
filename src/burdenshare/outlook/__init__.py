"""From a dossier and a case to a forecast, and the backtest that scores it."""
