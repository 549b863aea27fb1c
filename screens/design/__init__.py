"""Screens of step 2, design."""
