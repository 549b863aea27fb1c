"""From rows to tidy figures: header, columns, cells, column mapping."""
