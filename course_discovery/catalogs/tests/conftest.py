"""Where the tests of catalogs search."""

from search.tests.conftest import asked, drain_at_now, indexes, no_index, unused_tcp_port

__all__ = ["asked", "drain_at_now", "indexes", "no_index", "unused_tcp_port"]
