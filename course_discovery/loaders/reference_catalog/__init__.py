"""Reference catalogs: made of numbers, of a known size, the same for the same seed.

For benchmarks and tests of large catalogs. Everything that a catalog can hold is in them, oddities
too. Each module makes rows of one family, unsaved, in the order in which they can be inserted.
"""
