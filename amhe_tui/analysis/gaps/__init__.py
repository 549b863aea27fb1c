"""Gaps between groups: measured, put in an order, and said in a sentence."""
