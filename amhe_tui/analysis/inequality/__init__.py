"""Summary measures of inequality over all groups of a characteristic."""
