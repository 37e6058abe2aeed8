"""What persons may do with the catalog: organizations' groups, roles, review."""
