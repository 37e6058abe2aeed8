"""Serving: REST, its errors, the landing page."""
