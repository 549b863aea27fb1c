"""AMHE TUI: advancing mental health equity, from a gap in the numbers to the proof that it closed."""

from __future__ import annotations

__version__ = "0.1.0"
