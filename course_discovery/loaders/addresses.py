"""Addresses as the catalog's columns take them."""

import re

LONGEST = 255
_ADDRESS = re.compile(r"https?://[^\s\x00]+")


def is_address(text: str) -> bool:
    """Whether the text is an http(s) address that a column can hold."""
    return len(text) <= LONGEST and _ADDRESS.fullmatch(text) is not None
