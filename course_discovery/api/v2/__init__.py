"""The second version of the API: search that reaches every hit, by position."""
