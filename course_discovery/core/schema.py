"""Migrations of many tables."""

from collections.abc import Sequence

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class CreateTables(Operation):
    """Generated operations of an initial migration, whose tables are created once, as they end up.

    One by one, each of hundreds of operations would have Django build its picture of all models
    anew, and SQLite copy the table: most of the time that an empty database takes to be ready.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Apply the operations to the state, which is rendered again when somebody asks."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Create the tables with all their columns, indexes and constraints."""
        for model in self._models(app_label, to_state.apps):
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.create_model(model)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Delete the tables."""
        for model in reversed(self._models(app_label, from_state.apps)):
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.delete_model(model)

    def describe(self) -> str:
        """What the operation does, for `migrate --plan`."""
        return f"Create {len(self._names)} tables"

    @property
    def _names(self) -> list[str]:
        return [each.name for each in self.operations if isinstance(each, CreateModel)]

    def _models(self, app_label: str, apps: Apps) -> list[type]:
        return [apps.get_model(app_label, name) for name in self._names]
