"""The first shape of the record."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables; a later step may only add to them."""
    op.create_table(
        "documents",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("signature", sa.JSON()),
        sa.Column("added", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
    )
    op.create_table(
        "sightings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(16), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("byline", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(8), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("stretches", sa.JSON(), nullable=False),
        sa.Column("published", sa.String(40)),
        sa.Column("basis", sa.String(16), nullable=False),
        sa.Column("how", sa.JSON(), nullable=False),
        sa.Column("seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("print", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sightings"),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name="fk_sightings_document_documents"),
        sa.UniqueConstraint("document", "print", name="uq_sightings_document_print"),
    )
    op.create_table(
        "readings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(16), nullable=False),
        sa.Column("case", sa.String(80), nullable=False),
        sa.Column("case_path", sa.Text(), nullable=False),
        sa.Column("case_print", sa.String(16), nullable=False),
        sa.Column("reader", sa.String(120), nullable=False),
        sa.Column("published", sa.String(40)),
        sa.Column("document_print", sa.String(16), nullable=False),
        sa.Column("passed_over", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("read", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_readings"),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name="fk_readings_document_documents"),
    )
    op.create_index("ix_readings_case_document", "readings", ["case", "document"])
    op.create_table(
        "claims",
        sa.Column("reading", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("agreement", sa.Integer()),
        sa.Column("modality", sa.Text(), nullable=False),
        sa.Column("side", sa.Text()),
        sa.Column("number", sa.Integer()),
        sa.Column("when", sa.Text()),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("reading", "position", name="pk_claims"),
        sa.ForeignKeyConstraint(["reading"], ["readings.id"], name="fk_claims_reading_readings"),
    )
    op.create_index("ix_claims_id", "claims", ["id"])
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim", sa.String(16), nullable=False),
        sa.Column("document", sa.String(16), nullable=False),
        sa.Column("case", sa.String(80), nullable=False),
        sa.Column("decision", sa.String(8), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("previous", sa.Integer()),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reviews"),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name="fk_reviews_document_documents"),
        sa.ForeignKeyConstraint(["previous"], ["reviews.id"], name="fk_reviews_previous_reviews"),
    )
    op.create_index("ix_reviews_claim", "reviews", ["claim"])
