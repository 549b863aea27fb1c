"""From a file to a data set in the programme: understood, previewed, encoded, brought in."""
