"""Rows of the catalog to choose from in the forms of staff."""

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError as InvalidText
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import Model, Q, QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from edx_rest_framework_extensions.permissions import NotJwtRestrictedApplication
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.request import Request

from course_discovery.core.rest.select2 import Select2Pagination
from course_discovery.course_metadata.admin.base.label import label_of, with_labels
from course_discovery.course_metadata.models import (
    FAQ,
    Collaborator,
    CorporateEndorsement,
    Course,
    CourseRun,
    Endorsement,
    ExpectedLearningItem,
    JobOutlookItem,
    Organization,
    Person,
    Program,
)
from course_discovery.course_metadata.queries.person import people_named

_Q = OpenApiParameter("q", str, description="a part of the name or the key, or the uuid")


class LabelledOption(serializers.Serializer[Any]):
    """A row as a choice: its primary key and what an editor reads of it."""

    id = serializers.CharField(source="pk")
    text = serializers.SerializerMethodField()
    selected_text = serializers.SerializerMethodField()

    def get_text(self, row: Model) -> str:
        """What the row is called."""
        return label_of(row)

    get_selected_text = get_text


class Lookup(ListAPIView[Any]):
    """Rows of which one of `columns` has `q` in it; none for who is not staff."""

    permission_classes = [NotJwtRestrictedApplication]
    serializer_class = LabelledOption
    pagination_class = Select2Pagination
    filter_backends = ()
    columns: ClassVar[tuple[str, ...]]
    model: ClassVar[type[Model]]

    def get_queryset(self) -> QuerySet[Any]:
        """The caller's choices. Raises ValidationError for a `q` that no database can look for."""
        rows: QuerySet[Any] = self.model.objects.all()  # type: ignore[attr-defined]
        if not self.may_look():
            return rows.none()
        q = self.request.query_params.get("q", "").strip()
        try:
            ProhibitNullCharactersValidator()(q)
        except InvalidText as error:
            raise ValidationError({"q": error.messages}) from None
        return with_labels(self.matching(rows, q)).order_by(*self.columns[:1], "pk")

    def may_look(self) -> bool:
        """Whether the caller is staff."""
        user = self.request.user
        return bool(user.is_active and user.is_staff)

    def matching(self, rows: QuerySet[Any], q: str) -> QuerySet[Any]:
        """The rows that `q` asks for; all of them without one."""
        return rows.filter(self._having(q)) if q else rows

    def _having(self, text: str) -> Q:
        return reduce(or_, (Q(**{f"{column}__icontains": text}) for column in self.columns))


class PersonLookup(Lookup):
    """People of whom every word of `q` is a part of a name, else the one with this uuid."""

    model = Person
    columns = ("family_name", "given_name")

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        """The choices; who is not signed in is led there."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), "admin:login")
        return super().list(request, *args, **kwargs)

    def may_look(self) -> bool:
        """Everybody who is signed in."""
        return True

    def matching(self, rows: QuerySet[Any], q: str) -> QuerySet[Any]:
        """No rows without a `q`."""
        return people_named(rows, q.split()) if q else rows.none()


def _lookup(of: type[Model], *names: str) -> type[Lookup]:
    kind = type(f"{of.__name__}Lookup", (Lookup,), {"model": of, "columns": names})
    summary = f"{of._meta.verbose_name_plural} to choose from"
    return extend_schema(summary=summary, parameters=[_Q], methods=["GET"])(kind)


# What each look-up is called in its address.
LOOKUPS: Mapping[str, type[Lookup]] = {
    "collaborator": _lookup(Collaborator, "name", "uuid"),
    "corporate-endorsement": _lookup(CorporateEndorsement, "corporation_name"),
    "course": _lookup(Course, "key", "title", "uuid"),
    "course-run": _lookup(CourseRun, "key", "title_override", "course__title", "uuid"),
    "endorsement": _lookup(Endorsement, "endorser__family_name", "endorser__given_name", "quote"),
    "expected-learning-item": _lookup(ExpectedLearningItem, "value"),
    "faq": _lookup(FAQ, "question", "answer"),
    "job-outlook-item": _lookup(JobOutlookItem, "value"),
    "organisation": _lookup(Organization, "key", "name", "uuid"),
    "person": extend_schema(summary="people to choose from", parameters=[_Q])(PersonLookup),
    "program": _lookup(Program, "title", "marketing_slug", "uuid"),
}
