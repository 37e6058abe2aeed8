"""The owner table of the core: whose change each row is, and what shows it."""

from course_discovery.core.changes.receivers import connect
from course_discovery.core.changes.registry import Object
from course_discovery.core.models import Currency, Partner, User


def register() -> None:
    """Put the core's models into the owner table.

    What shows a partner is named by kind, and kinds of apps that are not installed are passed over.
    """
    connect(
        Object("currency", Currency, key="code", uuid=None),
        Object(
            "user",
            User,
            key="username",
            uuid=None,
            shown_by=(("course", "editors__user"),),
            # What editors are named by. Signing in is no change.
            seen=frozenset({"username", "full_name", "first_name", "last_name", "email"}),
        ),
        Object(
            "partner",
            Partner,
            key="short_code",
            uuid=None,
            shown_by=(
                ("organization", "partner"),
                ("subject", "partner"),
                ("course", "partner"),
                ("course_run", "course__partner"),
                ("program", "partner"),
                ("person", "partner"),
                ("learner_pathway", "partner"),
            ),
        ),
    )
