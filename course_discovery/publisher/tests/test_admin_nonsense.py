"""Forms of the publisher's own tables answer whatever is chosen in them."""

import pytest
from django.test import Client
from django.urls import reverse

from course_discovery.core.models import User


@pytest.mark.django_db
@pytest.mark.parametrize(
    "table",
    ["userattributes", "organizationuserrole", "organizationextension", "publisherroleassignment"],
)
@pytest.mark.parametrize("nonsense", ["zzz", "-1", "9" * 30, "\0"])
def test_a_choice_that_is_none_is_told(table: str, nonsense: str) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    body = dict.fromkeys(("user", "organization", "group", "role"), nonsense)
    answer = client.post(reverse(f"admin:publisher_{table}_add"), body)
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors
