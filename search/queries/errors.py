"""What is wrong with a request."""


class BadQuery(ValueError):
    """A query cannot be read; `reason` is for who wrote it, `position` counts characters from 0."""

    def __init__(self, reason: str, position: int, parameter: str = "q") -> None:
        super().__init__(f"{reason} (at character {position + 1})")
        self.reason = reason
        self.position = position
        self.parameter = parameter


class BadValue(ValueError):
    """A known parameter has a value that it cannot have."""

    def __init__(self, parameter: str, reason: str) -> None:
        super().__init__(f"{parameter}: {reason}")
        self.parameter = parameter
        self.reason = reason


class NoSuchPage(LookupError):
    """A page beyond the last one, or none at all."""
