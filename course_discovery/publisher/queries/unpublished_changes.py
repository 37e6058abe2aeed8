"""Which drafts say something that their official rows do not.

Compared are all columns but those that name the row, joins in their order, and the parts that have
drafts of their own. What only drafts have (editors) is no change.
"""

from typing import Any

from django.db.models import BinaryField, BooleanField, Exists, F, Func, Model, OuterRef, Q

from course_discovery.course_metadata.models import (
    Course,
    CourseEntitlement,
    CourseRun,
    CourseUrlSlug,
    RestrictedCourseRun,
    Seat,
)
from course_discovery.course_metadata.queries.draft import told_columns

_DRAFT, _OFFICIAL = OuterRef("pk"), OuterRef("official_version")
# Parts with drafts of their own, by what they are parts of, and the column that says so.
_PARTS: dict[type[Model], dict[Any, str]] = {
    Course: {CourseEntitlement: "course", CourseRun: "course"},
    CourseRun: {Seat: "course_run", RestrictedCourseRun: "course_run"},
}


class Same(Func):
    """Whether two columns hold the same value, letter by letter; two NULLs do."""

    template = "%(expressions)s"
    arg_joiner = " IS NOT DISTINCT FROM "
    arity = 2
    output_field: Any = BooleanField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Its own spelling, which old versions know too."""
        return super().as_sql(compiler, connection, arg_joiner=" IS ", **context)

    def as_mysql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Its own spelling; as bytes, because its collations ignore case and accents."""
        exact = self.copy()
        exact.set_source_expressions(
            [
                Func(each, template="CAST(%(expressions)s AS BINARY)", output_field=BinaryField())
                for each in self.get_source_expressions()
            ]
        )
        return super(Same, exact).as_sql(compiler, connection, arg_joiner=" <=> ", **context)


def has_unpublished_changes(model: Any) -> Q:
    """Rows of a drafted model that are drafts and differ from their official row, or have none."""
    return Q(draft=True) & _differs(model)


def _differs(model: Any) -> Q:
    # Every look at another table is by an indexed column: of the draft, or of its official row.
    columns = (Same(F(name), OuterRef(name)) for name in told_columns(model))
    found = ~Q(Exists(model.everything.filter(*columns, pk=_OFFICIAL)))
    for field in model._meta.many_to_many:
        found |= _joins_differ(field)
    for part, column in _PARTS.get(model, {}).items():
        found |= _parts_differ(part, column)
    return found | _slugs_differ() if model is Course else found


def _joins_differ(field: Any) -> Q:
    """Whether a many-to-many field joins other rows, or in another order, than the twin's does."""
    through = field.remote_field.through
    owner = next(each.name for each in through._meta.fields if each.related_model is field.model)
    columns = {name: OuterRef(name) for name in told_columns(through)}

    def alone(row: OuterRef, twin: OuterRef) -> Q:
        counterpart = through.objects.filter(**columns, **{owner: OuterRef(twin)})
        return Q(Exists(through.objects.filter(~Exists(counterpart), **{owner: row})))

    return alone(_DRAFT, _OFFICIAL) | alone(_OFFICIAL, _DRAFT)


def _parts_differ(part: Any, owner: str) -> Q:
    changed = part.everything.filter(_differs(part), **{owner: _DRAFT})
    counterpart = part.everything.filter(pk=OuterRef("draft_version"), **{owner: OuterRef(_DRAFT)})
    left_over = part.everything.filter(~Exists(counterpart), **{owner: _OFFICIAL})
    return Q(Exists(changed)) | Q(Exists(left_over))


def _slugs_differ() -> Q:
    """Whether a draft with an official row uses another address than that does."""
    kept = CourseUrlSlug.objects.filter(course=_OFFICIAL)
    return Q(Exists(kept.exclude(is_active=F("is_active_on_draft"))))
