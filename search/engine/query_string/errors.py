"""What goes wrong in a query string."""


class QueryStringError(ValueError):
    """A query string cannot be read, or asks for something that is not supported.

    `reason` is a sentence for the person who wrote the query; `position` counts characters from 0.
    """

    def __init__(self, reason: str, position: int) -> None:
        super().__init__(f"{reason} (at character {position + 1})")
        self.reason = reason
        self.position = position
