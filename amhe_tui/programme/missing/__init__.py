"""Who is missing from the numbers, and whom to ask."""
