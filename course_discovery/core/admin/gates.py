"""Who may write in the admin beside what Django's permissions say: a registry.

Apps of higher floors register gates; being a superuser opens none of them.
"""

from collections.abc import Callable
from typing import Any

Gate = Callable[[Any, Any, Any], bool]
"""Whether a user may write a row of a model; None for the row means any row, or a new one."""

_gates: list[Gate] = []


def register_gate(gate: Gate) -> None:
    """Ask `gate` before each write. Registering it again changes nothing."""
    if gate not in _gates:
        _gates.append(gate)


def may_write(user: Any, model: Any, row: Any = None) -> bool:
    """Whether all gates let the user write the row."""
    return all(gate(user, model, row) for gate in _gates)
