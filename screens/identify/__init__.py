"""Screens of step 1, identify."""
