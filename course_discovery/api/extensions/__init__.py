"""Addresses that the service which this one replaces has as an extension of its own."""
