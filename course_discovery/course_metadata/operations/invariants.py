"""The catalog's invariants, joined to the change log: what holds whoever writes."""

from collections.abc import Sequence

from django.db.models.signals import pre_save

from course_discovery.core.changes.consumers import Consumer, register_consumer
from course_discovery.core.changes.models import Change
from course_discovery.core.changes.registry import Identity
from course_discovery.core.changes.settling import (
    by_kind,
    register_settler,
)
from course_discovery.course_metadata.models import Curriculum
from course_discovery.course_metadata.operations.curriculum_state import (
    note_state_before_save,
    settle_curricula,
)
from course_discovery.course_metadata.operations.external_key import settle_claims
from course_discovery.course_metadata.operations.pathway import settle_pathways
from course_discovery.course_metadata.operations.subscription import (
    settle_subscriptions,
    settle_subscriptions_again,
)


def register() -> None:
    """Settle every change, and date curricula before they are saved."""
    for settler in (settle_subscriptions, settle_curricula, settle_claims, settle_pathways):
        register_settler(settler)
    register_consumer(Consumer("subscriptions", _after_commit))
    pre_save.connect(note_state_before_save, sender=Curriculum, dispatch_uid="curriculum:state")


def _after_commit(changes: Sequence[Change]) -> None:
    settle_subscriptions_again(
        by_kind(Identity(each.kind, each.uuid, each.key, each.draft) for each in changes)
    )
