"""Marks of tests whose database other connections, threads and processes must see."""

import pytest
from django.conf import settings

_server = "sqlite" not in settings.DATABASES["default"]["ENGINE"]

on_shared_database = [
    # On a server nothing is rolled back: the database is emptied and filled again. In place of
    # SQLite in memory the fixture opens a file.
    pytest.mark.django_db(transaction=_server, serialized_rollback=_server),
    pytest.mark.usefixtures("shared_database"),
]
