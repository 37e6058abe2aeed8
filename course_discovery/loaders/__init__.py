"""Filling the catalog from other systems.

A loader takes what one source tells: extract -> transform -> plan -> apply. It compares with what
is stored, many rows at once, and calls one operation of the catalog for each row that differs. A
row that cannot be taken is reported with its reason and stops nothing; what a source does not
tell any more is not deleted. Only seats and entitlements are, once a shop was read whole.

registry     which loaders there are; another distribution adds one with an entry point
loader       what a loader is
pipeline     running the loaders of a partner
report       what a load did, stored as it goes (models, queries, admin)
console      what a person at the terminal sees of it
rows, pace   writing one row, and how densely
connection   how the services of a platform are reached
lms, lms_rows, lms_seats    the course list and the course modes of an LMS
ecommerce, ecommerce_*      what a shop sells: seats, entitlements, enrollment codes
catalog_feed, feed          a JSON Lines document (catalog_feed.schema.json)
types        giving types to what was loaded
"""
