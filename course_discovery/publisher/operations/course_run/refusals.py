"""What is refused of what people tell of course runs. The texts are those that clients know."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from course_discovery.course_metadata.operations.running import Refusal


class BadFields(Refusal):
    """Values that do not hold, by their names."""

    def __init__(self, fields: Mapping[str, Sequence[str]]) -> None:
        super().__init__("; ".join(f"{name}: {' '.join(said)}" for name, said in fields.items()))
        self.fields = fields


class InReview(Refusal):
    """An edit of a run that reviewers have."""

    def __init__(self) -> None:
        super().__init__(_("Course run is in review. Editing disabled."))


class NotForEditors(Refusal):
    """What only a review tells."""

    def __init__(self) -> None:
        super().__init__(_("Invalid parameter"))


class RunTypeNotOfCourse(Refusal):
    """A type of runs that the course's type does not have."""

    def __init__(self, run_type: str, course_type: str) -> None:
        super().__init__(
            _(
                "The course run type '{run_type}' is not valid for this course type "
                "'{course_type}'."
            ).format(run_type=run_type, course_type=course_type)
        )


class UnknownRestriction(Refusal):
    """A kind of restriction that is not known."""

    def __init__(self) -> None:
        super().__init__(_("Not a valid choice for restriction_type"))


class UnknownCourse(Refusal):
    """A key that no course has, draft or official."""


class UnknownRerun(Refusal):
    """A key that no run of the course has."""


class ChangedMeanwhile(Refusal):
    """A run that somebody else keeps changing."""

    def __init__(self) -> None:
        super().__init__(_("The course run was changed meanwhile. Please try again."))
