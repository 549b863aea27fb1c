"""From rows to tidy figures: header, columns, cells, meaning."""
