"""Alembic's entry: runs the migrations on the connection the store hands over."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Literal

from alembic import context
from sqlmodel import SQLModel


def _render(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """Write our column types as the plain ones they are stored as, so that a migration never depends on later code."""
    return "sa.Integer()" if kind == "type" and type(item).__name__ == "Flag" else False


import_module("store.records")  # registers the tables
connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    render_item=_render,
    transactional_ddl=True,  # inside the one transaction the store has begun
)
context.run_migrations()
