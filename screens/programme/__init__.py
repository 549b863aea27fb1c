"""Screens of the programme as a whole: start, home, steps, forms, thread, report."""
