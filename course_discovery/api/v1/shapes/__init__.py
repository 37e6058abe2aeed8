"""Shapes of whole resources. They declare the contract for the schema; projections fill it."""
