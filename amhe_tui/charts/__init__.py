"""Charts drawn in characters by plotext, and only here."""
