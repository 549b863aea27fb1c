"""Screens of step 3, deliver."""
