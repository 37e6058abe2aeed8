"""Search in the admin: words that are equal, and what is known of the indexes."""

from search.admin import index_record, synonym_group

__all__ = ["index_record", "synonym_group"]
