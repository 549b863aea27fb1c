"""The link: one row that joins two records of any kind."""

from __future__ import annotations

from sqlalchemy import Text
from sqlmodel import Field

from store.records.declare import STRICT, Record, record


@record
class Link(Record, table=True):
    """A join from a field of several links to one record.

    The two ids can lead to any table, which a foreign key cannot say; the workspace's door checks that both rows exist, and as rows are marked rather than
    deleted, a link cannot come to dangle.
    """

    __tablename__ = "link"
    __table_args__ = STRICT
    singular = "link"
    plural = "links"
    named_by = "name"
    listed = False

    from_table: str = Field(default="", sa_type=Text)
    from_id: str = Field(default="", sa_type=Text, index=True)
    name: str = Field(default="", sa_type=Text)
    to_table: str = Field(default="", sa_type=Text)
    to_id: str = Field(default="", sa_type=Text, index=True)
