"""Serving: REST, its errors, the pages for people."""
