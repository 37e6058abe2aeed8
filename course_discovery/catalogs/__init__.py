"""Named catalogs: a stored query with a name, the people who may see it, and what it matches.

- `models` a catalog, its members, what they gained and lost, and how far that is known
- `queries` who may see and do what; members as rows, numbers and answers
- `operations` changing catalogs, and asking the search index who their members are
- `owners` catalogs are objects of the change log
"""
