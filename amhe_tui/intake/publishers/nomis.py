"""Nomis, which writes behind every column of a census table that it holds values."""

from __future__ import annotations

from dataclasses import replace

from amhe_tui.intake.publishers.unpublished import TIDY

PUBLICATIONS = (replace(TIDY, rank=900, behind_label="; measures: Value"),)
