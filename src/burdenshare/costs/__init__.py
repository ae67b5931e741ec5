"""What a position costs: the payments year by year, by category, in two currencies, nominal and real."""
