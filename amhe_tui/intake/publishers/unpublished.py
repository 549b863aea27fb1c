"""Tables of nobody in particular, which are read by what their columns seem to mean."""

from __future__ import annotations

from amhe_tui.intake.publishers.publication import Publication

TIDY = Publication(name="tidy", called="a table whose columns you name", family="figures", rank=1000)


ANSWERS = Publication(
    name="answers", called="answers, one row a person", family="answers", rank=1000, about={"kind": "experience"}
)


LIST = Publication(name="list", called="a list, one row a thing", family="list", rank=1000)


DIRECTORY = Publication(
    name="directory", called="a directory of services and groups", family="list", rank=1000, about={"kind": "assets"}
)


PUBLICATIONS = (TIDY, ANSWERS, LIST, DIRECTORY)
