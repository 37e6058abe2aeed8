"""The only way anyone searches.

- `criteria` what is searched for: the parameters of a request, checked
- `kinds`, `scopes` which kinds an address searches, and whose learner pathways it finds
- `page` a page of hits, by number or by position; one hit by its key
- `facets` counts beside the hits
- `rows` what of a hit is served
- `matching` which courses or runs a query string matches, however many
- `query_strings`, `fields`, `filters`, `values`, `ordering`, `boosts` what those are made of
- `asking` the request itself, and what its failure means

Everything here raises BadQuery or BadValue for what the caller got wrong, the same with every
engine, and SearchUnavailable when nobody answers.
"""

from search.documents.connection import SearchUnavailable
from search.queries.errors import BadQuery, BadValue, NoSuchPage

__all__ = ["BadQuery", "BadValue", "NoSuchPage", "SearchUnavailable"]
