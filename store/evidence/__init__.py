"""Bulk data: data sets of figures, and what the programme holds of them."""
