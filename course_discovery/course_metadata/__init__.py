"""The catalog itself: its data and its invariants. No persons, no network, no index.

- `models` what the catalog holds, one file for each concept
- `queries` reading: rules, and functions that return query sets or plain data
- `operations` changing: one function for each change, with its named errors
- `owners` whose change each row is, for the change log
"""
