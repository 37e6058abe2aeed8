"""Reading catalogs.

- `permission` who may see and do what; the viewers of catalogs
- `members` what catalogs hold, for whom; what they gained and lost
"""
