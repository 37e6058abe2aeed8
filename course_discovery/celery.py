"""The Celery application. A worker also drains the change log, so that servers need not."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "course_discovery.settings.production")
app = Celery("course_discovery")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_ready.connect  # type: ignore[untyped-decorator] # celery ships no types
def drain_in_worker(**_kwargs: Any) -> None:
    """Start the worker's drain once it takes tasks."""
    from course_discovery.core.changes.background import start

    start()
