"""The fields that documents share."""

from typing import Any

from elasticsearch.dsl import (
    Boolean,
    Date,
    Document,
    InnerDoc,
    Integer,
    Keyword,
    Nested,
    Object,
    Text,
)

from search.documents.analysis import catalog_text, completion, html_strip, lower, raw

Body = dict[str, Any]
Rendered = dict[str, Any]


class Skill(InnerDoc):
    """A skill that is taught."""

    name = Text()
    description = Text()


class CatalogDocument(Document):
    """What every document has, so that all kinds can be filtered and sorted together.

    `stored` is kept as it is and not searched: the result row and the facts that shape it, and a
    fingerprint of the whole document. `next_boundary` is when time alone changes the document.
    """

    aggregation_key = Keyword()
    aggregation_uuid = Keyword()
    content_type = Keyword()
    hidden = Boolean()
    id = Keyword()
    next_boundary = Date()
    organizations = Text(analyzer=html_strip, fields=raw())
    partner = Text(analyzer=html_strip, fields=raw() | lower())
    pk = Integer()
    published = Boolean()
    start = Date()
    status = Keyword()
    stored = Object(dynamic=False)
    text = Text(analyzer=catalog_text)
    uuid = Keyword()


class CourseLikeDocument(CatalogDocument):
    """What courses and course runs have in common."""

    authoring_organization_bodies = Text()
    authoring_organizations = Text(fields=raw() | lower() | completion())
    availability = Text(fields=raw() | lower())
    end = Date()
    enrollment_end = Date()
    enrollment_start = Date()
    first_enrollable_paid_seat_price = Integer()
    full_description = Text(analyzer=html_strip)
    image_url = Text()
    key = Text(fields=raw() | lower())
    level_type = Text(fields=raw() | lower())
    logo_image_urls = Text()
    org = Text(analyzer=html_strip, fields=raw() | lower())
    outcome = Text()
    seat_types = Keyword()
    short_description = Text(analyzer=html_strip)
    skill_names = Keyword()
    skills = Nested(Skill)
    sponsoring_organizations = Text()
    subject_uuids = Keyword()
    subjects = Text(analyzer=html_strip, fields=raw())
    title = Text(analyzer=catalog_text, fields=completion())
