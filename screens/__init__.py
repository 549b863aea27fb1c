"""What is on the glass: one screen a file, its style beside it."""
