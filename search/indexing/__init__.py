"""Keeping the indexes true to the catalog.

- `names` physical names, and which indexes an alias has and had
- `writing` documents into indexes, so that an older one never replaces a newer
- `live` the change log's consumer: what was edited is found within seconds
- `comparing` an index against the database
- `building` a new index beside the old one, and the move of the alias
- `builds` who is building what; what a killed build left
- `retention` which old indexes are kept
"""
