"""What kind of file it is, and the rows in it."""
