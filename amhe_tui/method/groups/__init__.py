"""Characteristics of people, their code lists, labels, order and maps."""
