"""The steps from one shape of the record to the next; alembic runs them when an older record is opened."""
