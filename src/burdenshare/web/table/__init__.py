"""The table without its pages: a case's talks as a scenario to bargain over, and a game replayed from its moves."""
