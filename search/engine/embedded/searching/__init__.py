"""Runs searches: finds, counts, sorts, cuts pages, and shows what was found."""
