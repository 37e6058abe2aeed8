"""One of everything that can be written over REST, and what bodies may say of it."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from hypothesis import strategies as st

from course_discovery.api.tests.catalogs import catalog_of
from course_discovery.api.tests.course_writing import PNG
from course_discovery.api.tests.drafts import run_with_draft, with_draft
from course_discovery.catalogs.models import Catalog
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import (
    Collaborator,
    Course,
    CourseEditor,
    CourseRun,
    CourseRunType,
    CourseType,
    Person,
    Program,
    Source,
)
from course_discovery.course_metadata.tests.factories import (
    OrganizationFactory,
    PersonFactory,
    ProgramFactory,
)
from course_discovery.publisher.tests.course_runs import draft_course, run_of
from course_discovery.publisher.tests.people import person
from course_discovery.publisher.tests.persons import PERSONS, cast
from learner_pathway.models import LearnerPathway
from learner_pathway.tests.factories import LearnerPathwayFactory, LearnerPathwayStepFactory

STATUSES = ("unpublished", "review_by_legal", "review_by_internal", "reviewed", "published")
WORKER = "wanda"
# What breaks those who trust a body.
STRANGE = st.sampled_from(
    [
        None, True, False, 0, -1, 1.5, 10**30, -(10**30), 1e308, "", " ", "\x00", "a\x00b",
        "\ud800", "x" * 300, "x" * 70_000, "2027-13-45",
        "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z",
        "2027-01-01", "NaN", "-0", "1e400", "<script>", "<p>text</p>", "[]", "é" * 200, "ß" * 254,
        [], [None], [[]], {}, [{}], {"": None}, {"x": {}}, ["\x00"], ["x", "x"], [1, "1"],
        "data:image/png;base64,AAAA", "ftp://x", "http://[", "http://" + "a" * 300 + ".com", "+",
        "/", "a+b", "course-v1:a+b+c",
        "00000000-0000-0000-0000-000000000000", "\U0001f600", "\u202e",
    ]
)  # fmt: skip
# What a new course needs.
NEW_COURSE = ("title", "number", "org", "type", "product_source", "prices")
TIMES = ("2027-02-01T00:00:00Z", "2027-06-01T00:00:00Z", "2020-01-01T00:00:00Z", "2027-02-01")


@dataclass(frozen=True)
class World:
    """What there is: who, the names of objects by resource, and values by the names of fields."""

    people: tuple[str, ...]
    names: dict[str, list[str]]
    values: dict[str, st.SearchStrategy[Any]]

    def names_for(self, path: str) -> list[str]:
        """The names of the objects that the path may lead to."""
        return self.names.get(path.removeprefix("/api/v1/").partition("/")[0], [])

    def body(self, fields: list[str], needed: list[str]) -> st.SearchStrategy[dict[str, Any]]:
        """Bodies that mostly make sense: few fields or many, some of them strange."""
        told = {name: self.values[name] for name in fields if name in self.values}
        needed = needed or [name for name in NEW_COURSE if "number" in fields]
        base = {name: told[name] for name in needed if name in told}
        others = sorted(told.keys() - base.keys())
        few = st.lists(st.sampled_from(others), max_size=3) if others else st.just([])
        some = few.flatmap(lambda names: st.fixed_dictionaries({n: told[n] for n in names} | base))
        many = st.fixed_dictionaries(base, optional={name: told[name] for name in others})
        strange = st.dictionaries(st.sampled_from(fields or ["x"]), STRANGE, max_size=2)
        sense = some | many
        return sense | st.builds(lambda ok, bad: {**ok, **bad}, sense, strange)


def world(partner: Partner) -> World:
    """Everything; the people's passwords are their names."""
    Source.objects.get_or_create(slug="edx", defaults={"name": "edX"})
    north = OrganizationFactory(partner=partner, key="NorthU")
    made = with_draft(north, "NorthU+A", title="Art")
    run_with_draft(made)
    course = draft_course(north)
    for number, status in enumerate(STATUSES):
        run_of(course, status, str(number))
    untouched = draft_course(north, "NorthU+NEW")
    run_of(untouched, "unpublished")
    people = cast(north, course)
    content = ContentType.objects.filter(app_label__in=("course_metadata", "catalogs", "core"))
    people["paula"].user_permissions.set(Permission.objects.filter(content_type__in=content))
    person(WORKER)
    PersonFactory(partner=partner)
    Collaborator.objects.create(name="A collaborator")
    ProgramFactory(partner=partner, courses_in_order=[made[1]])
    LearnerPathwayStepFactory(pathway=LearnerPathwayFactory(partner=partner), courses=[made[1]])
    catalog_of(viewers=["alice", "sam"])
    return World((*PERSONS, WORKER), _names(), _values())


def _names() -> dict[str, list[str]]:
    rows: dict[str, tuple[Any, tuple[str, ...]]] = {
        "courses": (Course.everything, ("key", "uuid")),
        "course_runs": (CourseRun.everything, ("key",)),
        "people": (Person.objects, ("uuid",)),
        "collaborators": (Collaborator.objects, ("uuid",)),
        "course_editors": (CourseEditor.objects, ("pk",)),
        "catalogs": (Catalog.objects, ("pk",)),
        "programs": (Program.objects, ("uuid",)),
        "learner-pathway": (LearnerPathway.objects, ("uuid",)),
    }
    return {
        resource: sorted(
            {str(name) for column in columns for name in objects.values_list(column, flat=True)}
        )
        for resource, (objects, columns) in rows.items()
    }


def _values() -> dict[str, st.SearchStrategy[Any]]:
    names = _names()
    courses, runs, one = names["courses"], names["course_runs"], st.sampled_from
    people, collaborators = names["people"], names["collaborators"]
    types = [str(each) for each in CourseType.objects.values_list("uuid", flat=True)]
    run_types = [str(each) for each in CourseRunType.objects.values_list("uuid", flat=True)]
    text = one(["Night skies", "<p>Skies</p>", "", "1"]) | st.text(max_size=20)
    moment = one(TIMES)
    flag = st.booleans()
    prices = st.dictionaries(
        one(["verified", "credit", "professional", "audit"]), one(["49.99", "0", 5, "x", "1e9"])
    )
    picture = one([PNG, None])
    metadata: dict[str, Any] = {
        "external_url": one(["https://example.com/x", "x"]), "external_identifier": text,
        "lead_capture_form_url": one(["https://example.com/l", None]),
        "certificate_info": one([None, {"heading": "A", "blurb": "<p>B</p>"}]),
        "facts": one([[], [{"heading": "A", "blurb": "B"}]]), "start_date": moment,
        "registration_deadline": moment, "variant_id": one(["x", None, run_types[0]]),
        "product_meta": one([None, {"title": "T", "description": "D", "keywords": ["k"]}]),
        "taxi_form": one([None, {"form_id": "f", "grouping": "g", "title": "t"}]),
    }  # fmt: skip
    run = {
        "course": one(courses), "start": moment, "end": moment, "run_type": one(run_types),
        "term": one(["1T2027", "x"]), "title": text, "short_description": text,
        "full_description": text, "outcome": text, "external_key": one(["X1", "x1", "", None]),
        "fixed_price_usd": one(["5.00", None, -1]), "go_live_date": moment,
        "enrollment_start": moment, "enrollment_end": moment, "announcement": moment,
        "weeks_to_complete": one([6, None, 10**6]), "min_effort": one([1, 9]),
        "max_effort": one([2, 0]), "pacing_type": one(["self_paced", "instructor_paced"]),
        "license": text, "hidden": flag, "expected_program_name": text,
        "expected_program_type": one(["masters", "micromasters", None, "x"]),
        "content_language": one(["en-us", "xx", None]),
        "transcript_languages": one([["en-us"], ["en-us", "en-us"], []]),
        "staff": st.lists(one(people), max_size=2), "rerun": one(runs), "draft": flag,
        "video": one([None, {"src": "https://example.com/v"}, {"src": "x", "image": None}]),
        "prices": prices, "restriction_type": one(["custom-b2c", "", None, "x"]),
        "upgrade_deadline_override": moment, "status": one(STATUSES),
        "has_ofac_restrictions": one([True, False, "", None]), "ofac_comment": text,
        "mobile_available": flag, "reporting_type": one(["mooc", "test", "x"]),
        "eligible_for_financial_aid": flag, "variant_id": one([run_types[0], None, "x"]),
    }  # fmt: skip
    pieces = [{"course": courses[0]}, {"program": names["programs"][0]}, {"x": 1}]
    return run | {
        "number": one(["AST1", "A", "a b"]), "org": one(["NorthU", "OtherU", "None"]),
        "type": one(types), "product_source": one(["edx", "x"]),
        "url_slug": one(["art", "a b", ""]),
        "collaborators": st.lists(one(collaborators), max_size=2),
        "course_run": st.fixed_dictionaries({}, optional=run),
        "prerequisites_raw": text, "syllabus_raw": text, "faq": text,
        "learner_testimonials": text, "additional_information": text,
        "card_image_url": one(["https://example.com/i", "x", None]),
        "organization_short_code_override": text, "excluded_from_search": flag,
        "excluded_from_seo": flag, "key_for_reruns": text,
        "level_type": one(["beginner", "introductory", None]), "subjects": one([[], ["x"]]),
        "topics": st.lists(text, max_size=3), "watchers": one([[], ["a@example.com"], ["a"]]),
        "image": picture, "organization_logo_override": picture, "profile_image": picture,
        "additional_metadata": st.none() | st.fixed_dictionaries({}, optional=metadata),
        "geolocation": one([None, {"location_name": "Here", "lat": 1, "lng": 2}, {"lat": 1000}]),
        "location_restriction": one(
            [None, {"restriction_type": "allowlist", "countries": ["DE"], "states": []}]
        ),
        "in_year_value": one([None, {"per_click_usa": 1, "per_lead_usa": 10**12}]),
        "name": text, "query": one(["*", "title:x", "((", ""]),
        "viewers": one([[], ["alice"], ["nobody"]]), "user_id": one([1, None, "x", 10**20]),
        "given_name": text, "family_name": text, "salutation": text, "bio": text,
        "major_works": text, "slug": text, "urls_detailed": one([[], [{"type": "facebook"}]]),
        "position": one([None, {"title": "T", "organization_override": "O"}]),
        "areas_of_expertise": one([[], [{"value": "x"}]]),
        "overview": text, "visible_via_association": flag, "banner_image": picture,
        "card_image": picture, "steps": one([[], [{"nodes": pieces, "min_requirement": 1}]]),
        "scopes": one([[], [{"kind": "enterprise", "uuid": run_types[0]}], [{"kind": "x"}]]),
        "username_mappings": one([[], [{"alice": "al"}], [{"alice": ""}, {"bob": "sam"}]]),
    }  # fmt: skip
