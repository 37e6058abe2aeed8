"""Documents have a number in their index, and a place: the index and that number in one integer."""

_BITS = 32
LAST_NUMBER = (1 << _BITS) - 1


def place_of(index_number: int, number: int) -> int:
    """Return the place of a document."""
    return index_number << _BITS | number


def number_at(place: int) -> int:
    """Return the number of the document at a place."""
    return place & LAST_NUMBER


def places_of_index(index_number: int) -> tuple[int, int]:
    """Return the first and the last place of an index."""
    return place_of(index_number, 0), place_of(index_number, LAST_NUMBER)
