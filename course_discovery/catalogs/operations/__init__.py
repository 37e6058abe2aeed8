"""Changing catalogs, and keeping what is known of their members true.

- `catalog`, `viewers` what people change
- `rounds` which answers count: those to questions asked after the last change
- `questions` what is asked of the search index for a catalog
- `storing` members as the index has them now, and what was gained and lost
- `filling` asking for a catalog as a whole
- `reasking` asking for what changed, for all catalogs
- `following` when that happens: the change log's consumer
"""
