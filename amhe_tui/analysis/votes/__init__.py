"""What a round of votes says: scores, ranks, ties, agreement."""
