"""From files as they come to tidy tables in the programme."""
