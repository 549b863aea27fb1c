"""Migrations of the file's format, one module a step, never edited once released."""
