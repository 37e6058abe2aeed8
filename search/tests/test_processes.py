"""Real processes: edits of others are found, and a killed build leaves readers what they had."""

import json
import time

import pytest

from search.documents.connection import client
from search.documents.kinds import COURSE, KINDS
from search.indexing.comparing import count
from search.indexing.names import in_use, indexes_of
from search.tests.machine import KILL, MAKE_COURSE, UPDATE_INDEX, Machine, eventually

SOON = 2.0


def titles() -> list[str]:
    found = client().search(index=COURSE.alias, sort=["uuid"], size=100)
    return sorted(hit["_source"]["title"] for hit in found["hits"]["hits"])


def test_edits_of_a_shell_are_found_soon(machine: Machine) -> None:
    machine.run(MAKE_COURSE + "make_course('MITx+1', 'Old title')" + UPDATE_INDEX)
    assert titles() == ["Old title"]
    shell = machine.start(
        "from course_discovery.course_metadata.models import Course\n"
        "course = Course.objects.get()\n"
        "course.title = 'Saved'\n"
        "course.save()\n"
        "print('saved', flush=True)\n"
        "sys.stdin.readline()\n"
        "Course.objects.update(title='Updated')\n"
        "time.sleep(60)\n"
    )
    with shell:
        try:
            assert shell.stdin
            assert shell.stdout
            assert shell.stdout.readline() == "saved\n"
            eventually(lambda: titles() == ["Saved"], seconds=SOON)
            shell.stdin.write("\n")
            shell.stdin.flush()
            eventually(lambda: titles() == ["Updated"], seconds=SOON)
        finally:
            shell.kill()


def test_edit_of_a_shell_that_ends_at_once_is_found(machine: Machine) -> None:
    machine.run(MAKE_COURSE + "make_course('MITx+1', 'Old title')" + UPDATE_INDEX)
    machine.run(
        "from course_discovery.course_metadata.models import Course\n"
        "Course.objects.update(title='Updated')"
    )
    assert titles() == ["Updated"]


def test_edit_of_a_killed_process_is_found_through_another(machine: Machine) -> None:
    machine.run(MAKE_COURSE + "make_course('MITx+1', 'Old title')" + UPDATE_INDEX)
    machine.run(
        "from course_discovery.course_metadata.models import Course\n"
        "settings.CHANGES_DRAIN_IN_PROCESS = False\n"
        f"Course.objects.update(title='Updated')\n{KILL}",
        status=-9,
    )
    assert titles() == ["Old title"]
    machine.run(MAKE_COURSE + "make_course('MITx+2', 'Another')")
    assert titles() == ["Another", "Updated"]


@pytest.mark.parametrize(
    "moment",
    [
        # Before anything is written, between documents, when all is written, and just before and
        # just after the aliases move.
        "building._fill = lambda *_: die()",
        "building.write_rows = lambda *_: die()",
        "building._catch_up = lambda *_: die()",
        "building.move_aliases = lambda *_: die()",
        "builds.end = lambda *_: die()",
    ],
)
def test_killed_build_changes_nothing_and_the_next_one_clears_up(
    machine: Machine, moment: str
) -> None:
    told = machine.run(
        f"{MAKE_COURSE}make_course('MITx+1'){UPDATE_INDEX}"
        "from search.documents.kinds import KINDS\n"
        "from search.indexing import building, builds\n"
        "from search.indexing.names import in_use\n"
        "print(json.dumps([in_use(kind.alias) for kind in KINDS]), flush=True)\n"
        f"make_course('MITx+2')\ndef die(): {KILL}\n{moment}{UPDATE_INDEX}",
        status=-9,
    )
    before = json.loads(told)
    after = [in_use(kind.alias) for kind in KINDS]
    moved = "builds.end" in moment
    assert (after != before) == moved
    assert all(len(indexes) == 1 for indexes in after)
    assert titles()[0] == "A course"
    used = {name for indexes in [*before, *after] for name in indexes}
    left = {name for kind in KINDS for name in indexes_of(kind.alias)} - used
    assert bool(left) != moved
    time.sleep(1)  # names go by seconds: a build in the same one could take a cleared name again
    builds = machine.run(
        f"from search.models import IndexBuild{UPDATE_INDEX}print(IndexBuild.objects.count())"
    )
    assert builds == "0"
    assert count(COURSE.alias) == 2
    assert not left & {name for kind in KINDS for name in indexes_of(kind.alias)}


def test_build_under_concurrent_writes_loses_nothing(machine: Machine) -> None:
    machine.run(
        MAKE_COURSE + "for number in range(300): make_course(f'MITx+{number}')" + UPDATE_INDEX
    )
    writer = machine.start(
        MAKE_COURSE + "print('writing', flush=True)\n"
        "for number in range(40):\n"
        "    Course.objects.filter(key=f'MITx+{number * 7}').update(title=f'Edited {number}')\n"
        "    make_course(f'ETHx+{number}', 'Made meanwhile')\n"
        "    Course.everything.filter(key=f'MITx+{number * 7 + 1}').delete()\n"
        "    time.sleep(0.02)\n"
    )
    with writer:
        assert writer.stdout
        assert writer.stdout.readline() == "writing\n"
        machine.run(UPDATE_INDEX)
        machine.run(UPDATE_INDEX)
        _, errors = writer.communicate(timeout=60)
    assert writer.returncode == 0, errors
    in_database = machine.run(
        "from course_discovery.course_metadata.models import Course\n"
        "print(json.dumps(sorted(Course.objects.values_list('key', 'title'))))"
    )
    known = [tuple(each) for each in json.loads(in_database)]
    assert len(known) == 300

    def same() -> bool:
        found = client().search(index=COURSE.alias, size=1000)["hits"]["hits"]
        return sorted((hit["_source"]["key"], hit["_source"]["title"]) for hit in found) == known

    eventually(same, seconds=SOON)


def test_builds_beside_each_other_leave_one_index_in_use(machine: Machine) -> None:
    machine.run(MAKE_COURSE + "for number in range(50): make_course(f'MITx+{number}')")
    with machine.start(UPDATE_INDEX) as one, machine.start(UPDATE_INDEX) as two:
        ends = [each.communicate(timeout=120) for each in (one, two)]
    assert [one.returncode, two.returncode] == [0, 0], ends
    assert all(len(in_use(kind.alias)) == 1 for kind in KINDS)
    assert count(COURSE.alias) == 50


def test_children_of_one_loaded_process_ask_for_themselves(machine: Machine) -> None:
    machine.run(MAKE_COURSE + "make_course('MITx+1')" + UPDATE_INDEX)
    told = machine.run(
        "from search.documents.connection import client\n"
        "from search.documents.kinds import COURSE\n"
        "ask = lambda: client().count(index=COURSE.alias)['count']\n"
        "ask()\n"
        "children = []\n"
        "for _ in range(2):\n"
        "    read, write = os.pipe()\n"
        "    if os.fork() == 0:\n"
        "        os.write(write, str(sum(ask() for _ in range(20))).encode())\n"
        "        os._exit(0)\n"
        "    children.append(read)\n"
        "assert sum(ask() for _ in range(20)) == 20\n"
        "print([os.read(read, 10).decode() for read in children])\n"
    )
    assert told == "['20', '20']"
