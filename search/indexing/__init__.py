"""Keeping the indexes true to the catalog.

- `names`, `aliases` physical names, which indexes an alias has and had, and moving it
- `writing` documents into indexes, so that an older one never replaces a newer
- `feed` the change log's consumer: what was edited is found within seconds
- `live`, `touched` from changes to the documents that they touch
- `boundaries` what time alone changes
- `announcing` who else hears of documents that are written though nothing was changed
- `lag`, `records` how far behind the indexes are, and what is remembered of them
- `comparing`, `checking` an index against the database, and writing what differs
- `building` a new index beside the old one, and taking it into use
- `builds` who is building what; what a killed build left
- `rolling_back`, `retention` going back to an older index; which are kept for that
- `managing` what operators ask for by hand
"""
