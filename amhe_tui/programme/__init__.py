"""What an open programme can be asked, and what may be done in it: one file a concept."""
