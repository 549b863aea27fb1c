"""Figures with their limits: quantiles, intervals, standardised rates, funnels."""
