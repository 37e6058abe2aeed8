"""Create, fill, delete or rebuild the search indexes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.documents.kinds import Kind
from search.indexing import managing
from search.indexing.building import create_missing, rebuild
from search.management.base import add_build_options, kinds_of, told_plainly
from search.management.progress import tell_built, telling

_QUESTION = "Deleted indexes cannot be brought back. Delete all of {names}? [y/N] "


class Command(BaseCommand):
    """What deployments know under this name; `update_index` is what they should run by hand."""

    help = "Manage the search indexes: --create, --populate, --delete or --rebuild."

    def add_arguments(self, parser: CommandParser) -> None:
        """One action, and the options of a build."""
        actions = parser.add_mutually_exclusive_group(required=True)
        for action, said in (
            ("create", "make an empty index wherever there is none"),
            ("populate", "write every document into the indexes in use"),
            ("delete", "delete all indexes, those to go back to as well"),
            ("rebuild", "build new indexes beside those in use, as update_index does"),
        ):
            actions.add_argument(
                f"--{action}", action="store_const", const=action, dest="action", help=said
            )
        parser.add_argument("-f", action="store_true", dest="force", help="ask nothing")
        add_build_options(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and tell what became of it."""
        kinds = kinds_of(options)
        with told_plainly():
            getattr(self, f"_{options['action']}")(kinds, options)

    def _create(self, kinds: list[Kind], options: dict[str, Any]) -> None:
        created = create_missing(kinds)
        for name in created:
            self.stdout.write(f"Created {name}")
        if not created:
            self.stdout.write("All search indexes exist")

    def _populate(self, kinds: list[Kind], options: dict[str, Any]) -> None:
        with self._telling(options) as progress:
            done = managing.populate(kinds, progress=progress)
        for kind, written in done.items():
            if options["count"]:
                self.stdout.write(f"{kind.alias}: {written.count} documents written")
            for uuid, reason in written.refused.items():
                self.stderr.write(f"{kind.alias} takes no {uuid}: {reason}")
        if any(written.refused for written in done.values()):
            raise CommandError("some documents were refused")

    def _delete(self, kinds: list[Kind], options: dict[str, Any]) -> None:
        names = ", ".join(kind.alias for kind in kinds)
        if not options["force"] and input(_QUESTION.format(names=names)).lower() != "y":
            self.stdout.write("Nothing was deleted")
            return
        for name in managing.delete(kinds):
            self.stdout.write(f"Deleted {name}")

    def _rebuild(self, kinds: list[Kind], options: dict[str, Any]) -> None:
        limit = not options["disable_change_limit"]
        with self._telling(options) as progress:
            built = rebuild(kinds, progress=progress, limit_change=limit)
        tell_built(self.stdout.write, built, count=options["count"])

    def _telling(self, options: dict[str, Any]) -> Any:
        return telling(self.stdout.write, terminal=self.stdout.isatty(), count=options["count"])
