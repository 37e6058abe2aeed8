"""What only a program itself shows: what it says of its courses, and what hangs on it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from course_discovery.course_metadata.models import (
    ProgramCorporateEndorsement,
    ProgramCreditBacker,
    ProgramEndorsement,
    ProgramFaq,
    ProgramInstructor,
    ProgramJobOutlookItem,
    ProgramLearningItem,
)
from course_discovery.course_metadata.queries.program import (
    each_once,
    price_ranges,
    subjects_in_order,
    weeks_to_complete,
)
from course_discovery.projections.course_context import render_videos
from course_discovery.projections.endorsement import (
    render_corporate_endorsements,
    render_endorsements,
    voices,
)
from course_discovery.projections.geolocation import render_geolocations
from course_discovery.projections.organization import render_organizations
from course_discovery.projections.person import render_people
from course_discovery.projections.product_value import render_product_values
from course_discovery.projections.program_context import (
    Links,
    ProgramContext,
    grouped,
    links,
    targets,
)

Rendered = dict[str, Any]


def program_parts(contexts: Mapping[int, ProgramContext]) -> dict[int, Rendered]:
    """The parts of programs by the programs' primary keys, named as in the contract.

    At most twenty-five queries, whatever the number of programs.
    """
    lists = _lists(contexts)
    rows = [context.row for context in contexts.values()]
    videos = render_videos({row["video_id"] for row in rows})
    places = render_geolocations({row["geolocation_id"] for row in rows} - {None})
    values = render_product_values({row["in_year_value_id"] for row in rows} - {None})
    return {
        pk: {
            **{name: found[pk] for name, found in lists.items()},
            "video": videos.get(context.row["video_id"]),
            "geolocation": places.get(context.row["geolocation_id"]),
            "in_year_value": values.get(context.row["in_year_value_id"]),
            "location_restriction": _one(context.row, "location_restriction", "pk", _PLACES),
            "product_source": _one(context.row, "product_source", "slug", _SOURCE),
        }
        for pk, context in contexts.items()
    }


_PLACES = ("restriction_type", "countries", "states")
_SOURCE = ("name", "slug", "description")


def _one(row: Rendered, name: str, mark: str, columns: Collection[str]) -> Rendered | None:
    """The columns of a joined row, None where there is none."""
    if row[f"{name}__{mark}"] is None:
        return None
    return {column: row[f"{name}__{column}"] for column in columns}


def of_courses(context: ProgramContext, now: datetime) -> Rendered:
    """What a program says of its courses as a whole. Restricted runs do not count."""
    wholes = context.wholes
    runs = [
        run
        for course, nested in zip(wholes, context.courses, strict=True)
        for run in _shown_runs(course, nested)
    ]
    return {
        **weeks_to_complete(context.facts),
        "price_ranges": [
            each | {name: float(each[name]) for name in ("min", "max", "total")}
            for each in price_ranges(context.facts, context.seat_types, now)
        ],
        "languages": sorted({run["content_language"] for run in runs} - {None}),
        "transcript_languages": sorted(
            {code for run in runs for code in run["transcript_languages"]}
        ),
        "subjects": _subjects(wholes),
        "topics": sorted({topic for course in wholes for topic in course["topics"]}),
        "staff": _staff(wholes),
    }


def _shown_runs(course: Rendered, nested: Rendered) -> list[Rendered]:
    kept = {run["_pk"] for run in nested["course_runs"]}
    return [
        run
        for run in course["course_runs"]
        if run["_pk"] in kept and run["restriction_type"] is None
    ]


def _subjects(courses: Collection[Rendered]) -> list[Rendered]:
    subjects = {each["uuid"]: each for course in courses for each in course["subjects"]}
    named = [[each["uuid"] for each in course["subjects"]] for course in courses]
    return [subjects[uuid] for uuid in subjects_in_order(named)]


def _staff(courses: Collection[Rendered]) -> list[Rendered]:
    """Who teaches the runs that the courses advertise."""
    staff = [
        run["staff"]
        for course in courses
        for run in course["course_runs"]
        if run["uuid"] == course["advertised_course_run_uuid"]
    ]
    people = {person["uuid"]: person for persons in staff for person in persons}
    return [people[uuid] for uuid in each_once([p["uuid"] for p in persons] for persons in staff)]


def _lists(pks: Collection[int]) -> dict[str, Links]:
    """By name and by program what programs have any number of, in order."""
    of = {"program_id__in": pks}
    instructors = links(ProgramInstructor.objects.filter(**of), "person_id")
    backers = links(ProgramCreditBacker.objects.filter(**of), "organization_id")
    items = ProgramLearningItem.objects.filter(**of)
    outlook = ProgramJobOutlookItem.objects.filter(**of)
    return {
        "expected_learning_items": links(items, "expected_learning_item__value"),
        "job_outlook_items": links(outlook, "job_outlook_item__value"),
        "faq": _faq(pks),
        "instructor_ordering": _filled(instructors, render_people(targets(instructors))),
        "credit_backing_organizations": _filled(
            backers, render_organizations(sorted(targets(backers)))
        ),
        **_endorsements(pks),
    }


def _faq(pks: Collection[int]) -> Links:
    rows = ProgramFaq.objects.filter(program_id__in=pks).order_by("program_id", "sort_value", "pk")
    return grouped(
        (program, {"question": question, "answer": answer})
        for program, question, answer in rows.values_list(
            "program_id", "faq__question", "faq__answer"
        )
    )


def _endorsements(pks: Collection[int]) -> dict[str, Links]:
    of = {"program_id__in": pks}
    individual = links(ProgramEndorsement.objects.filter(**of), "endorsement_id")
    corporate = links(ProgramCorporateEndorsement.objects.filter(**of), "corporate_endorsement_id")
    corporations = targets(corporate)
    spoken = voices(corporations)
    said = render_endorsements(targets(individual) | {each for _corporate, each in spoken})
    rendered = render_corporate_endorsements(corporations, spoken=spoken, endorsements=said)
    return {
        "individual_endorsements": _filled(individual, said),
        "corporate_endorsements": _filled(corporate, rendered),
    }


def _filled(found: Links, rendered: Mapping[int, Rendered]) -> Links:
    """Links whose targets are replaced by what they lead to."""
    return grouped(
        (program, rendered[each])
        for program, several in found.items()
        for each in several
        if each in rendered
    )
