#!/usr/bin/env python
"""Django's command line, on the local settings unless DJANGO_SETTINGS_MODULE says otherwise."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "course_discovery.settings.local")
    try:
        execute_from_command_line(sys.argv)
    except OperationalError as error:
        # An operator needs the reason, not our call stack.
        sys.exit(f"The database does not answer as it should (see DATABASE_URL): {error}".strip())
    except ImproperlyConfigured as error:
        sys.exit(f"The settings do not fit together: {error}")
