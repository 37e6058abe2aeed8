"""What `manage.py check --deploy` finds."""

import json
from typing import Any

import pytest
from django.core.checks import run_checks
from pytest_django import Settings

KEYS = json.dumps({"keys": [{"kty": "RSA", "n": "AQAB", "e": "AQAB"}]})


def found(deploy: bool = True) -> set[str | None]:
    """The identifiers of our own errors."""
    checked = run_checks(include_deployment_checks=deploy, tags=["security"])
    return {each.id for each in checked if each.id and each.id.startswith("core.")}


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({}, {"core.E001"}),
        ({"JWT_PUBLIC_SIGNING_JWK_SET": ""}, {"core.E001"}),
        ({"JWT_PUBLIC_SIGNING_JWK_SET": "no key set"}, {"core.E001"}),
        ({"JWT_PUBLIC_SIGNING_JWK_SET": '{"keys": [{"kty": "oct"}]}'}, {"core.E001"}),
        ({"JWT_PUBLIC_SIGNING_JWK_SET": KEYS}, set()),
        ({"JWT_SECRET_KEY": "shared"}, set()),
        ({"JWT_ISSUERS": [{"SECRET_KEY": "shared"}]}, set()),
    ],
)
def test_a_deployment_needs_a_key_to_verify_tokens(
    settings: Settings, values: dict[str, Any], errors: set[str]
) -> None:
    settings.SECRET_KEY = "secret"
    settings.JWT_AUTH = values
    assert found() == errors
    assert found(deploy=False) == set()


def test_a_deployment_needs_a_secret_key(settings: Settings) -> None:
    settings.JWT_AUTH = {"JWT_SECRET_KEY": "shared"}
    settings.SECRET_KEY = ""
    assert found() == {"core.E002"}
