"""Layouts of publishers, one file a publisher."""
