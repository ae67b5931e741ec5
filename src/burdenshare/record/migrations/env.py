"""Run by alembic inside the transaction that `record.engine` began."""

from __future__ import annotations

from alembic import context

from burdenshare.record.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
context.run_migrations()
