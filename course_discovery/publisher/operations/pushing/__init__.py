"""Telling other services what course teams write.

A push is made before its change is written, with no transaction open: what fails leaves nothing
written. Pushes that may come later are errands (`operations.errands`), run after the commit.

payloads      the bodies that the services take
connection    sessions, tokens, and what is asked before each push
studio        runs where authors write them
shop          what a run is sold as, and the SKUs that this gets
lms           modes of runs, organizations
later         the pushes that are errands
"""
