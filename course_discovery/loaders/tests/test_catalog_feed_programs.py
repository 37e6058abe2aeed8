"""People, programs, degrees, curricula and pathways, told by a feed."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from course_discovery.clients.tests.scripted_server import Answer, ScriptedServer, html_answer
from course_discovery.core.changes.models import Change
from course_discovery.course_metadata.models import (
    CourseRun,
    Curriculum,
    Degree,
    Pathway,
    Person,
    Program,
)
from course_discovery.course_metadata.tests.factories import PersonFactory, ProgramFactory
from course_discovery.loaders.models import LoadedSource
from course_discovery.loaders.tests.conftest import NOW, counts, refusals

LoadFeed = Callable[..., LoadedSource]
Line = dict[str, Any]
UUID = "5b0a3c1e-7d52-4f6a-9a43-2c1d0e9f8b71"
OTHER_UUID = "8d7c6b5a-4938-4271-a605-f4e3d2c1b0a9"
RUN = "course-v1:edX+DemoX+1"


def person(slug: str = "ada", **values: Any) -> Line:
    return {"kind": "person", "slug": slug, "given_name": "Ada", **values}


def program(slug: str = "xseries/demo", **values: Any) -> Line:
    return {"kind": "program", "marketing_slug": slug, "title": "Demo", **values}


def degree(slug: str = "masters/demo", **values: Any) -> Line:
    return {"kind": "degree", "marketing_slug": slug, "title": "Master", **values}


def curriculum(**values: Any) -> Line:
    return {"kind": "curriculum", "program": "masters/demo", "name": "Core", **values}


def pathway(**values: Any) -> Line:
    return {"kind": "pathway", "uuid": UUID, "name": "Credit", "org_name": "Rivertown", **values}


def basis() -> list[Line]:
    return [
        {"kind": "organization", "key": "edX"},
        {"kind": "organization", "key": "MITx"},
        {"kind": "subject", "slug": "math", "name": "Math"},
        {"kind": "level", "name": "Advanced"},
        {"kind": "course", "key": "edX+DemoX", "title": "Demo"},
        {"kind": "course", "key": "edX+Other", "title": "Other"},
        {"kind": "course_run", "key": "course-v1:edX+DemoX+2", "staff": ["bob", "ada"]},
        {"kind": "course_run", "key": RUN},
    ]


def whole() -> list[Line]:
    return [
        *basis(),
        person(
            family_name="Lind", published=True, bio="<p>Hi</p>", bio_language="en",
            email="ada@example.org", major_works="<p>One</p>", salutation="Dr.",
            position={"title": "Reader", "organization": "edX"},
            networks=[{"type": "blog", "url": "https://ada.example.org"}],
            areas_of_expertise=["Sums", "Logs"],
        ),
        person("bob", given_name="Bob"),
        program(
            uuid=UUID, type="xseries", status="active", organizations=["MITx", "edX"],
            courses=["edX+Other", "edX+DemoX"], order_courses_by_start_date=False,
            excluded_course_runs=[RUN], credit_backing_organizations=["edX"],
            overview="<p>All</p>", weeks_to_complete=9, instructors=["bob", "ada"],
            expected_learning_items=["Add", "Subtract"], job_outlook_items=["Work"],
            faq=[{"question": "<p>Why?</p>", "answer": "<p>So.</p>"}],
            individual_endorsements=[{"endorser": "ada", "quote": "<p>Good</p>"}],
            corporate_endorsements=[{
                "corporation_name": "Ferries", "statement": "<p>Fine</p>",
                "image": {"src": "https://f.example.org/a.png", "width": 5},
                "individual_endorsements": [{"endorser": "bob", "quote": "<p>Yes</p>"}],
            }],
            video={"src": "https://v.example.org/1"}, primary_subject_override="math",
            level_type_override="Advanced", language_override="en", labels=["one", "two"],
            geolocation={"lat": 52.5, "lng": "13.4", "location_name": "There"},
            in_year_value={"per_lead_usa": 3}, taxi_form={"form_id": "f"},
            location_restriction={"restriction_type": "allowlist", "countries": ["DE"]},
            has_ofac_restrictions=True, hidden=True,
        ),
        degree(
            type="masters", organizations=["edX"], apply_url="https://edx.example.org",
            rankings=[{"rank": "1", "description": "Best", "source": "Us"}],
            specializations=["Sums"], quick_facts=[{"icon": "fa-book", "text": "Books"}],
            deadlines=[{"semester": "Autumn", "name": "Last", "date": "1 June"}],
            costs=[{"description": "All", "amount": "$1"}], subtitle="Two years",
            additional_metadata={"external_url": "https://x.example", "external_identifier": "1"},
        ),
        curriculum(
            courses=[
                {"course": "edX+DemoX", "excluded_course_runs": [RUN]},
                {"course": "edX+Other", "is_active": False},
            ],
            programs=[{"program": UUID}],
        ),
        pathway(programs=["masters/demo", UUID], status="published", pathway_type="industry"),
    ]  # fmt: skip


def assert_whole() -> None:
    ada = Person.objects.get(slug="ada")
    assert (ada.full_name, ada.position.organization_name) == ("Dr. Ada Lind", "edX")
    assert [area.value for area in ada.areas_of_expertise.all()] == ["Sums", "Logs"]
    run = CourseRun.objects.get(key="course-v1:edX+DemoX+2")
    assert [link.person.slug for link in run.staff_links.all()] == ["bob", "ada"]
    found = Program.objects.get(uuid=UUID)
    assert (found.marketing_slug, found.type and found.type.slug) == ("xseries/demo", "xseries")
    assert [each.course.key for each in found.course_links.all()] == ["edX+Other", "edX+DemoX"]
    assert [each.organization.key for each in found.author_links.all()] == ["MITx", "edX"]
    assert [each.person.slug for each in found.instructor_links.all()] == ["bob", "ada"]
    assert [row.key for row in found.excluded_course_runs.all()] == [RUN]
    master = Degree.objects.get()
    assert (master.subtitle, master.deadlines.get().date) == ("Two years", "1 June")
    core = Curriculum.objects.get()
    assert core.program == Program.objects.get(degree=master)
    assert core.program_memberships.get().program == found
    members = core.course_memberships.order_by("course__key")
    assert [(each.course.key, each.is_active, each.exclusions.count()) for each in members] == [
        ("edX+DemoX", True, 1), ("edX+Other", False, 0),
    ]  # fmt: skip
    programs = Pathway.objects.get(uuid=UUID).program_links.all()
    assert [each.program.marketing_slug for each in programs] == ["masters/demo", "xseries/demo"]


@pytest.mark.parametrize("seed", range(3))
def test_whole_arrives_in_any_order_and_a_second_load_writes_nothing(
    load_feed: LoadFeed, seed: int
) -> None:
    lines = whole()
    random.Random(seed).shuffle(lines)
    source = load_feed(*lines)
    assert (source.state, counts(source), refusals(source)) == ("done", (14, 14, 0, 0, 0), [])
    assert_whole()
    changes = Change.objects.count()
    assert counts(load_feed(*lines)) == (14, 0, 0, 14, 0)
    assert Change.objects.count() == changes


def test_absent_keys_leave_what_is_stored_and_null_or_an_empty_list_clears(
    load_feed: LoadFeed,
) -> None:
    load_feed(*whole())
    source = load_feed(
        {"kind": "person", "slug": "ADA", "position": None, "bio": None, "networks": []},
        {"kind": "program", "uuid": UUID, "overview": None, "courses": [], "video": None},
        {"kind": "degree", "marketing_slug": "MASTERS/demo", "costs": [], "apply_url": None},
        curriculum(courses=[], is_active=False),
        {"kind": "pathway", "uuid": UUID, "programs": [], "email": "a@example.org"},
        {"kind": "course_run", "key": "course-v1:edX+DemoX+2", "staff": []},
    )
    assert (counts(source), refusals(source)) == ((6, 0, 6, 0, 0), [])
    ada = Person.objects.get(slug="ada")
    assert (ada.bio, hasattr(ada, "position"), ada.email) == (None, False, "ada@example.org")
    assert ada.areas_of_expertise.count() == 2
    found = Program.objects.get(uuid=UUID)
    assert (found.overview, found.courses.count(), found.video) == (None, 0, None)
    assert (found.title, found.faq.count(), found.hidden) == ("Demo", 1, True)
    master = Degree.objects.get()
    assert (master.costs.count(), master.apply_url, master.deadlines.count()) == (0, "", 1)
    core = Curriculum.objects.get()
    assert (core.is_active, core.courses.count(), core.programs.count()) == (False, 0, 1)
    stored = Pathway.objects.get()
    assert (stored.programs.count(), stored.email, stored.status) == (
        0, "a@example.org", "published",
    )  # fmt: skip
    assert not CourseRun.objects.exclude(staff_links=None).exists()


def test_what_is_not_in_the_feed_any_more_stays(load_feed: LoadFeed) -> None:
    load_feed(*whole())
    assert load_feed(person()).unchanged == 1
    assert_whole()


@pytest.mark.parametrize("fault", ["error", "html"])
def test_failed_fetch_deletes_nothing(
    load_feed: LoadFeed, load_feed_url: LoadFeed, server: ScriptedServer, fault: str
) -> None:
    load_feed(*whole())
    answer = html_answer("Log in") if fault == "html" else Answer(500)
    assert load_feed_url(server.queue("/feed", answer)).state == "unreachable"
    assert_whole()


def test_staff_in_another_order_is_a_change_of_the_run_and_its_course(load_feed: LoadFeed) -> None:
    load_feed(*whole())
    line = {"kind": "course_run", "key": "course-v1:edX+DemoX+2", "staff": ["ada", "bob"]}
    course = CourseRun.objects.get(key=line["key"]).course
    type(course).everything.update(data_modified_timestamp=None)
    assert load_feed(line).updated == 1
    assert load_feed(line).unchanged == 1
    ada = Person.objects.get(slug="ada")
    assert load_feed(line | {"staff": [str(ada.uuid).upper(), "BOB"]}).unchanged == 1
    course.refresh_from_db()
    assert course.data_modified_timestamp == NOW


def test_staff_of_a_draft_run_is_told_too(load_feed: LoadFeed) -> None:
    load_feed(*whole())
    official = CourseRun.objects.get(key=RUN)
    draft_course = type(official.course).everything.create(
        partner=official.course.partner, key="edX+DemoX", title="Demo", draft=True,
        uuid=official.course.uuid, type=official.course.type,
    )  # fmt: skip
    CourseRun.everything.create(
        course=draft_course, draft=True, key=RUN, uuid=official.uuid, type=official.type
    )
    line = {"kind": "course_run", "key": RUN, "staff": ["ada"]}
    assert load_feed(line).updated == 1
    rows = CourseRun.everything.filter(key=RUN)
    assert [row.staff_links.get().person.slug for row in rows] == ["ada", "ada"]
    assert load_feed(line).unchanged == 1


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([program(), program("XSERIES/Demo", title="Two")], "the same key as in line 1"),
        ([program(), degree("xseries/demo")], "the same key as in line 1"),
        ([program("a", uuid=UUID), program("b", uuid=UUID.upper())], "the same key as in line 1"),
        ([person(), person("eve", uuid=UUID), {"kind": "person", "uuid": UUID}],
         "the same key as in line 2"),
        ([pathway(), pathway(name="Two")], "the same key as in line 1"),
        ([degree(), curriculum(), curriculum(is_active=False)], "the same key as in line 2"),
    ],
)  # fmt: skip
def test_object_that_is_told_twice_is_refused_the_second_time(
    load_feed: LoadFeed, lines: list[Line], reason: str
) -> None:
    source = load_feed(*lines)
    ((number, _key, told),) = refusals(source)
    assert (number, told) == (len(lines), reason)
    assert source.created == len(lines) - 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ({"kind": "person", "slug": "eve"}, "given_name: a new person needs one"),
        (person("eve", email="nobody"), "email: "),
        (person("eve", bio_language="xx"), "there is no language xx"),
        (person("eve", position={"title": "T", "organization": "No"}),
         "there is no organization No"),
        (person("eve", networks=[{"type": "blog", "url": "https://a.b"}] * 2),
         "networks: two of the same type and title"),
        ({"kind": "course_run", "key": RUN, "min_effort": 3, "staff": ["no-one"]},
         "there is no person no-one"),
        ({"kind": "program", "marketing_slug": "x"}, "title: a new program needs one"),
        (program("x", type="magic"), "there is no program type magic"),
        (program("x", courses=["edX+No"]), "there is no course edX+No"),
        (program("x", excluded_course_runs=["course-v1:edX+No+1"]),
         "there is no course run course-v1:edX+No+1"),
        (program("x", organizations=["No"]), "there is no organization No"),
        (program("x", instructors=[OTHER_UUID]), f"there is no person {OTHER_UUID}"),
        (program("x", individual_endorsements=[{"endorser": "no", "quote": "Hm"}]),
         "there is no person no"),
        (program("x", primary_subject_override="magic"), "there is no subject magic"),
        (program("x", level_type_override="Magic"), "there is no level Magic"),
        (program("x", language_override="xx"), "there is no language xx"),
        (program("x", product_source="magic"), "there is no product source magic"),
        (program("x", geolocation={"lat": 5}), "geolocation: one coordinate without the other"),
        (program("x", geolocation={"lat": 91, "lng": 0}), "lat: "),
        (program("x", location_restriction={"restriction_type": "allowlist", "countries": ["ZZ"]}),
         "countries: "),
        (program("x", faq=[{"question": "<script></script>", "answer": "A"}]),
         "question: may not be empty"),
        (program("xseries/demo", uuid=OTHER_UUID), "marketing_slug: another program has it"),
        (degree("xseries/demo"), "there is a program of that name that is no degree"),
        (degree("x", courses=["edX+No"]), "there is no course edX+No"),
        (curriculum(program="masters/no"), "there is no program masters/no"),
        (curriculum(programs=[{"program": "masters/no"}]), "there is no program masters/no"),
        (curriculum(programs=[{"program": "masters/demo"}]),
         "programs: Master would be part of itself"),
        (curriculum(courses=[{"course": "edX+Other", "excluded_course_runs": [RUN]}]),
         f"courses: edX+Other has no run {RUN}"),
        (curriculum(courses=[{"course": "edX+Other"}] * 2), "courses: one course comes twice"),
        ({"kind": "pathway", "uuid": OTHER_UUID, "name": "N"}, "org_name: a new pathway needs one"),
        (pathway(email="nobody"), "email: "),
        (pathway(programs=["no"]), "there is no program no"),
    ],
)  # fmt: skip
def test_line_that_the_catalog_cannot_take_is_refused_and_writes_nothing(
    load_feed: LoadFeed, line: Line, reason: str
) -> None:
    load_feed(*whole())
    changes = Change.objects.count()
    source = load_feed(line, person("good"))
    ((number, _key, told),) = refusals(source)
    assert (number, told.startswith(reason)) == (1, True), told
    assert counts(source) == (2, 1, 0, 0, 1)
    kinds = Change.objects.order_by("pk").values_list("kind", flat=True)[changes:]
    assert set(kinds) == {"person"}
    assert_whole()


def test_object_of_another_partner_is_left_alone(load_feed: LoadFeed) -> None:
    theirs = ProgramFactory.create(uuid=OTHER_UUID, marketing_slug="theirs")
    stranger = PersonFactory.create(slug="stranger")
    lines = [
        program("theirs", title="Mine"),
        {"kind": "degree", "uuid": OTHER_UUID, "title": "Mine"},
        program("mine", instructors=["stranger"]),
        pathway(programs=["theirs"]),
        {"kind": "curriculum", "program": "theirs", "name": "Mine"},
    ]
    source = load_feed(*lines)
    assert sorted(reason for _line, _key, reason in refusals(source)) == [
        "the program is another partner's",
        "there is a program of that name that is no degree",
        "there is no person stranger", "there is no program theirs", "there is no program theirs",
    ]  # fmt: skip
    theirs.refresh_from_db()
    stranger.refresh_from_db()
    assert theirs.title != "Mine"
