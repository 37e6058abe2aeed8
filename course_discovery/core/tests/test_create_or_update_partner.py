from io import StringIO

import pytest
from django.contrib.sites.models import Site
from django.core.management import CommandError, call_command

from course_discovery.core.changes.models import Change
from course_discovery.core.models import Partner

pytestmark = pytest.mark.django_db

DEVELOPMENT = (
    "--site-id", "1", "--site-domain", "discovery.local:8381", "--code", "dev", "--name",
    "Open edX - development", "--lms-url=http://lms:8000", "--studio-url=http://cms:8000",
    "--courses-api-url", "http://local:8000/api/courses/v1/", "--organizations-api-url",
    "http://local:8000/api/organizations/v1/",
)  # fmt: skip
MINIMUM = ("--site-domain", "a.example.com", "--code", "a", "--name", "A")


def run(*arguments: str) -> str:
    output = StringIO()
    call_command("create_or_update_partner", *arguments, stdout=output)
    return output.getvalue()


def test_creates_partner_on_the_site_that_django_made() -> None:
    assert Site.objects.get(pk=1).domain == "example.com"
    assert "created" in run(*DEVELOPMENT)
    partner = Partner.objects.get()
    assert (partner.short_code, partner.name) == ("dev", "Open edX - development")
    assert (partner.site.pk, partner.site.domain) == (1, "discovery.local:8381")
    assert partner.lms_url == "http://lms:8000"
    assert partner.courses_api_url == "http://local:8000/api/courses/v1/"


def test_repeating_changes_nothing() -> None:
    run(*DEVELOPMENT)
    changes, history = Change.objects.count(), Partner.history.count()
    assert "unchanged" in run(*DEVELOPMENT)
    assert (Change.objects.count(), Partner.history.count()) == (changes, history)


def test_second_partner_gets_its_own_site_by_id_or_domain() -> None:
    run(*DEVELOPMENT)
    run("--site-id=2", "--site-domain=b.example.com", "--code=b", "--name=B")
    run(*MINIMUM)
    assert {p.short_code: p.site.domain for p in Partner.objects.all()} == {
        "dev": "discovery.local:8381", "b": "b.example.com", "a": "a.example.com",
    }  # fmt: skip
    assert Partner.objects.get(short_code="b").site_id == 2


def test_sites_are_numbered_behind_ids_that_were_chosen() -> None:
    chosen = Site.objects.create(domain="last.example.com").pk + 1
    run(f"--site-id={chosen}", "--site-domain=b.example.com", "--code=b", "--name=B")
    run(*MINIMUM)
    assert Partner.objects.get(short_code="a").site_id > chosen


def test_omitted_addresses_are_emptied_others_stay() -> None:
    run(*MINIMUM, "--lms-url", "http://lms", "--catalog-feed-url=http://feed/x.jsonl")
    Partner.objects.update(analytics_url="http://an", analytics_token="t", lms_admin_url="http://x")
    assert "updated" in run(*MINIMUM)
    partner = Partner.objects.get()
    assert partner.lms_url == ""
    assert partner.catalog_feed_url == "http://feed/x.jsonl"
    assert (partner.analytics_url, partner.analytics_token) == ("http://an", "t")
    assert partner.lms_admin_url == "http://x"
    run(*MINIMUM, "--catalog-feed-url=")
    assert Partner.objects.get().catalog_feed_url == ""


def test_code_is_found_without_case() -> None:
    run(*MINIMUM)
    run("--site-domain", "a.example.com", "--code", "A", "--name", "Renamed")
    assert Partner.objects.get().name == "Renamed"


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("--code", "", "--site-domain", "x", "--name", "X"), "short_code: may not be empty"),
        (("--code", "muchtoolong", "--site-domain", "x", "--name", "X"), "short_code: Ensure"),
        (("--code", "x", "--site-domain", "a b", "--name", "X"), "domain: The domain"),
        (("--code", "x", "--site-domain", "x", "--name", "A"), "another partner is called A"),
        (("--code=x", "--site-domain=a.example.com", "--name=X"), "belongs to the partner a"),
        (("--code=x", "--site-id=1", "--site-domain=a.example.com", "--name=X"), "to the site"),
        ((*MINIMUM, "--lms-url", "lms:8000"), "lms_url: Must be an http"),
        ((*MINIMUM, "--lms-url", "http://" + "x" * 255), "lms_url: Ensure"),
        (("--code", "x", "--name", "X"), "--site-domain"),
        ((*MINIMUM, "--site-id", "one"), "--site-id"),
    ],
)  # fmt: skip
def test_bad_values_are_one_line_and_write_nothing(arguments: tuple[str, ...], text: str) -> None:
    run(*MINIMUM)
    sites = set(Site.objects.values_list("pk", "domain"))
    with pytest.raises(CommandError, match=text) as raised:
        run(*arguments)
    assert "\n" not in str(raised.value)
    assert Partner.objects.get().lms_url == ""
    assert set(Site.objects.values_list("pk", "domain")) == sites
