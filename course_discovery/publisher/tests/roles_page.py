"""The table of roles as `docs/roles.md` has it."""

from course_discovery.publisher.tests.persons import PERSONS
from course_discovery.publisher.tests.roles_matrix import ANY, Row, rows

_HEAD = """\
# Who may do what

Made from `course_discovery/publisher/tests/roles.txt`, which the tests hold, cell by cell, over
operations and over REST; a test compares, and says how to write this page anew. The rules are in
`course_discovery/publisher/roles.py`, and the reasons in
[decision 37](decisions/0037-publisher-roles.md).

## Persons

{persons}
Erin and Connie are internal users, as staff are.

## How to read the tables

A cell is the status that the person gets over REST. **Bold** is done; `=200` is answered, and
changes nothing. 400 and 409 are for who may, but not now or not that; 401, 403 and 404 are for who
may not. Where there are two, the first holds while internal users are free, and the second while
`PUBLISHER_RESTRICT_INTERNAL_USERS` is on.

A course is in the state of its only run. Carol edits it, but where it is *orphaned*: its run is
unpublished then, and its only editor, Frank, has left the organization. *open* is unpublished,
reviewed, published or archived; *review* is in legal or internal review; *edited* is all of these;
*official* is reviewed, published or archived, which is published and over.
"""
_KINDS = {"course": "Courses", "run": "Course runs"}
# What acts mean, by their names.
_MEANINGS = {
    "course create all": "make a course of the organization",
    "course read official": "read what is official",
    "course read draft": "read the draft (`editable=1`)",
    "course edit reviewed": "edit what is reviewed: texts, subjects, type",
    "course edit unreviewed": "edit what is not reviewed: watchers, video, pictures",
    "course edit address": "choose its address (`url_slug`)",
    "course edit prices": "edit prices",
    "course edit key": "tell another key, number or uuid",
    "course submit reviewed": "edit it and publish it anew (`draft=false`)",
    "course delete all": "delete it",
    "course add-run all": "make a run of it",
    "course add-editor -": "make somebody of the organization an editor",
    "course remove-editor -": "remove its editor",
    "run read official": "read what is official",
    "run read draft": "read the draft (`editable=1`)",
    "run read diff": "read what of the draft is not published (`diff/`)",
    "run edit unreviewed": "edit what is not reviewed: dates, effort, staff",
    "run edit reviewed": "edit what is reviewed: texts, visibility",
    "run schedule go-live": "say when it is published (`go_live_date`)",
    "run edit prices": "edit prices of seats",
    "run edit deadline": "set by hand until when seats are sold (`upgrade_deadline_override`)",
    "run edit restriction": "say whom it is for (`restriction_type`)",
    "run edit embargo": "tell of embargoes, and no status",
    "run edit status": "tell the status `published`",
    "run edit key": "tell another key or uuid",
    "run edit course": "move it to another course",
    "run submit unreviewed": "submit it (`draft=false`)",
    "run submit reviewed": "change what is reviewed and submit it at once",
    "run legal-review embargo": "pass the legal step (`review_by_internal`, with the embargo)",
    "run publish status": "pass the review (`reviewed`), which publishes it on its date",
    "run unpublish status": "tell the status `unpublished`",
    "run delete all": "delete it",
}


def roles_page() -> str:
    """The page."""
    persons = "".join(f"- {name.capitalize()}: {what}\n" for name, what in PERSONS.items())
    return _HEAD.format(persons=persons) + "".join(_table(kind) for kind in _KINDS)


def _table(kind: str) -> str:
    heads = ["what", "state", *(name.capitalize() for name in PERSONS)]
    lines = [_line(heads), "|---" * len(heads) + "|\n"]
    lines += [_row(row) for row in rows() if row.act.object == kind]
    return f"\n## {_KINDS[kind]}\n\n{''.join(lines)}"


def _row(row: Row) -> str:
    states = "any" if row.states == ANY else row.states.replace(",", ", ")
    return _line([_MEANINGS[str(row.act)], states, *map(_cell, row.cells)])


def _cell(said: str) -> str:
    return " / ".join(f"**{each}**" if each.startswith("2") else each for each in said.split("/"))


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
