"""Languages to choose from in forms."""

from django.core.exceptions import ValidationError as InvalidText
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import Q, QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from edx_rest_framework_extensions.permissions import NotJwtRestrictedApplication
from rest_framework.exceptions import ValidationError
from rest_framework.generics import ListAPIView

from course_discovery.core.rest.select2 import Select2Option, Select2Pagination
from course_discovery.course_metadata.models import LanguageTag


@extend_schema(
    summary="Languages to choose from",
    parameters=[OpenApiParameter("q", str, description="a part of the code or the name")],
)
class LanguageTagAutocomplete(ListAPIView[LanguageTag]):
    """Languages whose code or name has `q` in it, by code; none for who is not signed in."""

    permission_classes = [NotJwtRestrictedApplication]
    serializer_class = Select2Option
    pagination_class = Select2Pagination
    filter_backends = ()
    queryset = LanguageTag.objects.order_by("code")

    def get_queryset(self) -> QuerySet[LanguageTag]:
        """The caller's choices."""
        tags = super().get_queryset()
        if not self.request.user.is_authenticated:
            return tags.none()
        q = self.request.query_params.get("q", "").strip()
        try:
            ProhibitNullCharactersValidator()(q)
        except InvalidText as error:
            raise ValidationError({"q": error.messages}) from None
        return tags.filter(Q(code__icontains=q) | Q(name__icontains=q)) if q else tags
