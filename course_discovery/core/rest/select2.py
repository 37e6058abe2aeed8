"""Choices as the select boxes of forms ask for them (https://select2.org/data-sources/formats)."""

from typing import Any

from rest_framework import serializers
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response


class Select2Pagination(PageNumberPagination):
    """Pages of ten choices, by `page`; an answer tells whether there are more."""

    page_size = 10

    def get_paginated_response(self, data: Any) -> Response:
        """The envelope that select boxes read."""
        more = self.page is not None and self.page.has_next()
        return Response({"results": data, "pagination": {"more": more}})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The same for the API's description."""
        more = {"type": "object", "properties": {"more": {"type": "boolean"}}}
        return {"type": "object", "properties": {"results": schema, "pagination": more}}


class Select2Option(serializers.Serializer[Any]):
    """A row as a choice: its primary key and its text."""

    id = serializers.CharField(source="pk")
    text = serializers.CharField(source="__str__")
    selected_text = serializers.CharField(source="__str__")
