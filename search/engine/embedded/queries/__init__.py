"""Queries: read from their JSON form without any index, then run on one index at a time."""
