"""The review of course runs: every way from one status to another, in one table.

Operations ask it, the API and the admin offer what it offers, and `docs/review_states.md` is made
of it. What it does not have does not happen.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.models.course_run import CourseRunStatus

UNPUBLISHED = CourseRunStatus.UNPUBLISHED
BY_LEGAL = CourseRunStatus.REVIEW_BY_LEGAL
BY_INTERNAL = CourseRunStatus.REVIEW_BY_INTERNAL
REVIEWED = CourseRunStatus.REVIEWED
PUBLISHED = CourseRunStatus.PUBLISHED


class Trigger(StrEnum):
    """What moves a run, or leaves it where it is."""

    EDIT = "edit"
    CHANGE = "change"
    SUBMIT = "submit"
    SUBMIT_CHANGE = "submit_change"
    REVIEW = "review"
    GO_LIVE = "go_live"
    UNPUBLISH = "unpublish"


class Actor(StrEnum):
    """Who may do so; `roles` says who is one."""

    EDITOR = "editor"
    LEGAL = "legal"
    COORDINATOR = "coordinator"
    LEGAL_AND_COORDINATOR = "legal_and_coordinator"
    SYSTEM = "system"


class Effect(StrEnum):
    """What happens beside the draft's new status, in the same transaction but for what is told."""

    DRAFT = "draft"
    OFFICIAL = "official"
    OFFICIAL_UNPUBLISHED = "official_unpublished"
    PUSH = "push"
    LIVE = "live"
    SUBDIRECTORY = "subdirectory"
    TELL_LEGAL = "tell_legal"
    TELL_COORDINATORS = "tell_coordinators"
    TELL_EDITORS = "tell_editors"


@dataclass(frozen=True)
class Transition:
    """One row of the table."""

    source: CourseRunStatus
    target: CourseRunStatus
    trigger: Trigger
    actor: Actor
    effects: tuple[Effect, ...] = ()

    @property
    def writes_official(self) -> bool:
        """Whether the official row says afterwards what the draft says."""
        return Effect.OFFICIAL in self.effects


_TO_LEGAL = (Effect.DRAFT, Effect.SUBDIRECTORY, Effect.TELL_LEGAL)
_TO_OFFICIAL = (Effect.PUSH, Effect.OFFICIAL)
_REVIEW, _EDITOR, _SYSTEM = Trigger.REVIEW, Actor.EDITOR, Actor.SYSTEM

TRANSITIONS = (
    Transition(UNPUBLISHED, UNPUBLISHED, Trigger.EDIT, _EDITOR, (Effect.DRAFT,)),
    Transition(UNPUBLISHED, UNPUBLISHED, Trigger.CHANGE, _EDITOR, (Effect.DRAFT,)),
    Transition(
        UNPUBLISHED, BY_LEGAL, Trigger.SUBMIT, _EDITOR, _TO_LEGAL
    ),
    Transition(
        UNPUBLISHED, BY_LEGAL, Trigger.SUBMIT_CHANGE, _EDITOR, _TO_LEGAL
    ),
    Transition(BY_LEGAL, BY_INTERNAL, _REVIEW, Actor.LEGAL, (Effect.TELL_COORDINATORS,)),
    Transition(
        BY_LEGAL, REVIEWED, _REVIEW, Actor.LEGAL_AND_COORDINATOR,
        (*_TO_OFFICIAL, Effect.LIVE, Effect.TELL_EDITORS),
    ),
    Transition(BY_INTERNAL, BY_INTERNAL, _REVIEW, Actor.COORDINATOR),
    Transition(
        BY_INTERNAL, REVIEWED, _REVIEW, Actor.COORDINATOR,
        (*_TO_OFFICIAL, Effect.LIVE, Effect.TELL_EDITORS),
    ),
    Transition(REVIEWED, REVIEWED, Trigger.EDIT, _EDITOR, (Effect.DRAFT, *_TO_OFFICIAL)),
    Transition(REVIEWED, REVIEWED, Trigger.SUBMIT, _EDITOR, (Effect.DRAFT, *_TO_OFFICIAL)),
    Transition(
        REVIEWED, UNPUBLISHED, Trigger.CHANGE, _EDITOR,
        (Effect.DRAFT, Effect.OFFICIAL_UNPUBLISHED),
    ),
    Transition(
        REVIEWED, BY_LEGAL, Trigger.SUBMIT_CHANGE, _EDITOR,
        (Effect.OFFICIAL_UNPUBLISHED, *_TO_LEGAL),
    ),
    Transition(REVIEWED, PUBLISHED, Trigger.GO_LIVE, _SYSTEM, (Effect.LIVE, Effect.TELL_EDITORS)),
    Transition(PUBLISHED, PUBLISHED, Trigger.EDIT, _EDITOR, (Effect.DRAFT,)),
    Transition(PUBLISHED, PUBLISHED, Trigger.CHANGE, _EDITOR, (Effect.DRAFT,)),
    Transition(PUBLISHED, PUBLISHED, Trigger.SUBMIT, _EDITOR, (Effect.DRAFT, *_TO_OFFICIAL)),
    Transition(PUBLISHED, PUBLISHED, Trigger.SUBMIT_CHANGE, _EDITOR, (Effect.DRAFT, *_TO_OFFICIAL)),
    Transition(PUBLISHED, UNPUBLISHED, Trigger.UNPUBLISH, _SYSTEM, (Effect.OFFICIAL_UNPUBLISHED,)),
)  # fmt: skip

# What a person who reviews may ask for.
REVIEW_OUTCOMES = (BY_INTERNAL, REVIEWED)

MEANINGS = {
    Trigger.EDIT: _("edited, but for nothing that is reviewed"),
    Trigger.CHANGE: _("edited in what is reviewed"),
    Trigger.SUBMIT: _("submitted (`draft=false`), nothing that is reviewed being changed"),
    Trigger.SUBMIT_CHANGE: _("changed in what is reviewed and submitted at once (`draft=false`)"),
    Trigger.REVIEW: _("reviewed: the new status is told"),
    Trigger.GO_LIVE: _("its publication date has come"),
    Trigger.UNPUBLISH: _("a newer run took its place, or the course was archived"),
    Actor.EDITOR: _("editors of the course"),
    Actor.LEGAL: _("the legal team"),
    Actor.COORDINATOR: _("coordinators of the first author"),
    Actor.LEGAL_AND_COORDINATOR: _("who is in the legal team and coordinates the first author"),
    Actor.SYSTEM: _("the service"),
    Effect.DRAFT: _("the draft is written"),
    Effect.OFFICIAL: _("the official row says what the draft says"),
    Effect.OFFICIAL_UNPUBLISHED: _("the official row is unpublished"),
    Effect.PUSH: _("the shop and the LMS are told before"),
    Effect.LIVE: _("published once its publication date has come"),
    Effect.SUBDIRECTORY: _("the course's address moves to its subdirectory, where switched on"),
    Effect.TELL_LEGAL: _("the legal team is told"),
    Effect.TELL_COORDINATORS: _("the coordinators are told"),
    Effect.TELL_EDITORS: _("the editors are told"),
}


class NoSuchTransition(ValueError):
    """A way that the table does not have."""


def transition_by(source: str, trigger: Trigger) -> Transition:
    """The way that leads on from a status. Raises NoSuchTransition."""
    for each in TRANSITIONS:
        if each.source == source and each.trigger == trigger and trigger != Trigger.REVIEW:
            return each
    raise NoSuchTransition(f"{source}: {trigger}")


def review_to(source: str, target: str) -> Transition:
    """The way by which a review leads to a status. Raises NoSuchTransition."""
    for each in TRANSITIONS:
        if (each.source, each.target, each.trigger) == (source, target, Trigger.REVIEW):
            return each
    raise NoSuchTransition(f"{source} -> {target}")


def is_in_review(status: str) -> bool:
    """Whether reviewers have a run of this status, so that nobody edits it."""
    return any(each.source == status and each.trigger == Trigger.REVIEW for each in TRANSITIONS)


def edit_trigger(*, changed: bool, submitted: bool) -> Trigger:
    """What an edit of a run is."""
    if submitted:
        return Trigger.SUBMIT_CHANGE if changed else Trigger.SUBMIT
    return Trigger.CHANGE if changed else Trigger.EDIT
