"""What resources that can be written have in common."""

from typing import Any

from rest_framework import serializers, status
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response

from course_discovery.api.v1.projected import ProjectedViewSet
from course_discovery.core.rest.conditional import conditional_answer, is_conditional
from course_discovery.course_metadata.operations.fitting import UnfitValue
from course_discovery.course_metadata.operations.running import Refusal

METHODS = ("get", "head", "options", "post", "put", "patch", "delete")
LARGEST_NUMBER = 2**63 - 1


class PreconditionFailed(APIException):
    """The object is not what the client thinks it is."""

    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_detail = "This was changed since you read it. Read it again."


class WholeShape(serializers.Serializer[Any]):
    """An object inside a body: told whole, even where the body may be told in part."""

    def validate(self, attrs: Any) -> Any:
        """What is told. Raises ValidationError for what is missing."""
        missing = [
            name for name, field in self.fields.items() if field.required and name not in attrs
        ]
        if missing:
            raise ValidationError(
                {name: [self.fields[name].error_messages["required"]] for name in missing}
            )
        return attrs


def refused(error: Refusal) -> ValidationError:
    """The answer to what the catalog cannot take: the field and why, else the reason alone."""
    if isinstance(error, UnfitValue):
        name, _colon, reason = str(error).partition(": ")
        return ValidationError({name: [reason]})
    return ValidationError({"detail": str(error)})


def told(data: Any, body: type[serializers.Serializer[Any]], *, partial: bool = False) -> Any:
    """What a request body tells, in the words of `body`. Raises ValidationError."""
    read = body(data=data, partial=partial)
    read.is_valid(raise_exception=True)
    return dict(read.validated_data)


class WritableViewSet(ProjectedViewSet):
    """A resource that is read from its projections and written by operations."""

    http_method_names = METHODS

    def target(self) -> Any:
        """The row that the address names, as the caller knows it.

        Raises Http404, and PreconditionFailed where it is not what the caller says it is.
        """
        name = self.kwargs[self.lookup_url_kwarg or self.lookup_field]
        pk = self.find(self.get_queryset(), name)
        if is_conditional(self.request):
            self.caller = self.personal([pk])
            validators = self.validators([row.mark for row in self.stored([pk])])
            if conditional_answer(self.request, validators, dated=True) is not None:
                raise PreconditionFailed
        row = self.get_queryset().filter(pk=pk).first()
        if row is None:  # it went between two looks
            raise self.missing(name)
        return row

    def shown(self, pk: int, status: int = status.HTTP_200_OK) -> Response:
        """The written row as readers see it."""
        self.caller = self.personal([pk])
        return Response(self._served(self.stored([pk]))[0], status)
