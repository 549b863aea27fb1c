"""Workbooks (xlsx, xls, ods), read in a process of their own."""
