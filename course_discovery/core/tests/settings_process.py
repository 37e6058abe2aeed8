"""Settings modules as deployments import them: in a fresh copy of the tree, in another process."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
_TREE = ("course_discovery", "learner_pathway", "search", "manage.py", "Makefile")
_LEFT_OUT = shutil.ignore_patterns("__pycache__", "assets", "media", "private.py", "tests")

# Nothing may be connected to while settings are imported and checked. MODULES holds the modules
# that deployments lay over course_discovery.settings.
_PRELUDE = """
import json, os, socket, sys

def refuse(*_):
    raise AssertionError("a socket was connected")

socket.socket.connect = socket.socket.connect_ex = refuse
import course_discovery.settings
course_discovery.settings.__path__.append(os.environ["MODULES"])
"""
_READ = """
import importlib
module = importlib.import_module(os.environ["DJANGO_SETTINGS_MODULE"])
print(json.dumps({name: getattr(module, name) for name in sys.argv[1:]}, default=str))
"""
_START = """
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
call_command("check")
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))
"""


@dataclass(frozen=True)
class Clone:
    """A copy of the tree as an image build clones it: no database, no static files, no state."""

    root: Path
    modules: Path

    @classmethod
    def make(cls, folder: Path) -> "Clone":
        """Copy the tree into `folder`."""
        root, modules = folder / "service", folder / "modules"
        root.mkdir()
        modules.mkdir()
        for name in _TREE:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, root / name, ignore=_LEFT_OUT)
            else:
                shutil.copy(source, root / name)
        return cls(root, modules)

    def lay(self, module: str, text: str) -> None:
        """Add a module below `course_discovery.settings`, as a mounted file would."""
        path = self.modules.joinpath(*module.split(".")).with_suffix(".py")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def read(
        self,
        module: str,
        *names: str,
        environment: Mapping[str, str] | None = None,
        then: str = "",
    ) -> dict[str, Any]:
        """The values that a settings module gives these names, by importing it alone.

        `then` is code to run afterwards; what it prints last, a JSON object, is the answer.
        """
        return self._answer(_READ + then, module, names, environment)

    def start(
        self,
        module: str,
        *names: str,
        environment: Mapping[str, str] | None = None,
        then: str = "",
    ) -> dict[str, Any]:
        """The same once Django has started with the module and checked itself."""
        return self._answer(_START + then, module, names, environment)

    def run(
        self, *command: str, environment: Mapping[str, str] | None = None
    ) -> "subprocess.CompletedProcess[str]":
        """The ended process of a command in the copy, with nothing inherited but the path."""
        given = {"PATH": os.environ["PATH"], "HOME": str(self.root), "MODULES": str(self.modules)}
        return subprocess.run(
            command,
            cwd=self.root,
            env={**given, **(environment or {})},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def _answer(
        self,
        code: str,
        module: str,
        names: tuple[str, ...],
        environment: Mapping[str, str] | None,
    ) -> dict[str, Any]:
        chosen = {"DJANGO_SETTINGS_MODULE": f"course_discovery.settings.{module}"}
        done = self.run(
            sys.executable,
            "-c",
            _PRELUDE + code,
            *names,
            environment={**chosen, **(environment or {})},
        )
        assert done.returncode == 0, done.stderr
        answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return answer
