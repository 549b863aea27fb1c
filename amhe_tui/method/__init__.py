"""The method of Advancing Mental Health Equity as data and rules; standard library only."""
