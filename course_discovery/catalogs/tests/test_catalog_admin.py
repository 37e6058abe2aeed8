"""Staff keeps catalogs in the admin."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.contrib.sites.models import Site
from django.test import Client
from django.urls import reverse
from guardian.shortcuts import assign_perm
from pytest_django import Settings

from course_discovery.catalogs.models import AskedCatalog, Catalog
from course_discovery.catalogs.tests.asking import keys, make
from course_discovery.core.changes.models import Change
from course_discovery.core.models import User
from course_discovery.course_metadata.tests.factories import PartnerFactory
from search.documents import connection
from search.tests.catalog import make_course

PAGES = "admin:catalogs_catalog"
Run = Callable[..., Any]


@pytest.fixture
def root(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root", "root@example.com", "root"))
    return client


@pytest.fixture
def courses(indexes: Settings, drain: Callable[[], None]) -> None:
    for number, title in enumerate(("Physics", "Chemistry", "Music")):
        make_course(f"MITx+{number}", title=title, runs=1)
    drain()


def test_a_catalog_is_made_and_changed(
    root: Client, courses: None, django_capture_on_commit_callbacks: Run
) -> None:
    told = {"name": "Science", "query": "title:(physics OR chemistry)", "program_query": ""}
    with django_capture_on_commit_callbacks(execute=True):
        answer = root.post(reverse(f"{PAGES}_add"), told)
    assert answer.status_code == 302
    catalog = Catalog.objects.get()
    assert keys(catalog) == ["MITx+0", "MITx+1"]
    entry = Change.objects.filter(kind="catalog").latest("pk")
    assert (entry.actor, entry.origin) == ("root", "admin")
    page = root.get(reverse(f"{PAGES}_change", args=[catalog.pk])).content.decode()
    assert "2 courses, 2 course runs, 0 programs" in page
    with django_capture_on_commit_callbacks(execute=True):
        root.post(reverse(f"{PAGES}_change", args=[catalog.pk]), told | {"query": "title:music"})
    assert keys(catalog) == ["MITx+2"]
    history = root.get(reverse(f"{PAGES}_history", args=[catalog.pk]))
    assert history.status_code == 200
    assert catalog.history.count() == 2


def test_what_other_queries_add_and_remove_is_shown_before_they_are_stored(
    root: Client, courses: None
) -> None:
    catalog = make("title:physics")
    url = reverse("admin:catalogs_catalog_preview", args=[catalog.pk])
    assert "title:physics" in root.get(url).content.decode()
    body = {"query": "title:(physics OR music)", "program_query": ""}
    page = root.post(url, body).content.decode()
    assert "1 added, 0 removed" in page
    assert "+ MITx+2" in page
    catalog.refresh_from_db()
    assert catalog.query == "title:physics"
    page = root.post(url, {"query": "title:music"}).content.decode()
    assert "1 added, 1 removed" in page
    saved = root.post(url, {"query": "title:music", "_save": "1"})
    assert saved.status_code == 302
    assert keys(catalog) == ["MITx+2"]


@pytest.mark.parametrize("button", ["_preview", "_save"])
def test_a_query_that_cannot_be_read_is_told_and_not_stored(
    root: Client, courses: None, button: str
) -> None:
    catalog = make("title:physics")
    url = reverse("admin:catalogs_catalog_preview", args=[catalog.pk])
    for body in ({"query": "title:(("}, {"query": ""}, {"query": "a", "program_query": "title:("}):
        page = root.post(url, body | {button: "1"})
        assert page.status_code == 200
        assert "errorlist" in page.content.decode()
    catalog.refresh_from_db()
    assert catalog.query == "title:physics"


def test_from_a_query_that_cannot_be_read_everything_is_added(root: Client, courses: None) -> None:
    url = reverse("admin:catalogs_catalog_preview", args=[make("title:((").pk])
    assert "3 added, 0 removed" in root.post(url, {"query": "*"}).content.decode()


def test_without_search_the_pages_still_answer(
    root: Client, courses: None, indexes: Settings, unused_tcp_port: int
) -> None:
    catalog = make("title:physics")
    indexes.SEARCH_URL = f"http://127.0.0.1:{unused_tcp_port}"
    connection.reset()
    PartnerFactory(site__domain="testserver")
    url = reverse("admin:catalogs_catalog_preview", args=[catalog.pk])
    assert "does not answer" in root.post(url, {"query": "*"}).content.decode()
    assert "does not answer" in root.get("/query-preview/?q=*").content.decode()
    assert root.get(reverse(f"{PAGES}_change", args=[catalog.pk])).status_code == 200
    AskedCatalog.objects.update(complete=False)
    page = root.get(reverse(f"{PAGES}_change", args=[catalog.pk])).content.decode()
    assert "being looked for" in page


def test_rights_for_one_catalog_are_given_on_pages_of_their_own(
    root: Client, courses: None
) -> None:
    catalog, maria = make("*"), User.objects.create_user("maria")
    page = reverse(f"{PAGES}_permissions", args=[catalog.pk])
    assert page in root.get(reverse(f"{PAGES}_change", args=[catalog.pk])).content.decode()
    assert root.get(page).status_code == 200
    mine = reverse(f"{PAGES}_permissions_manage_user", args=[catalog.pk, maria.pk])
    assert root.post(mine, {"permissions": ["view_catalog"]}).status_code == 302
    assert User.objects.get(username="maria").has_perm("catalogs.view_catalog", catalog)


@pytest.mark.parametrize("junk", ["abc", "9" * 30, "0", "-1", "٣"])
@pytest.mark.parametrize(
    "path", ["{}/preview/", "{}/permissions/", "{}/permissions/user-manage/1/",
             "{}/permissions/group-manage/1/", "PK/permissions/user-manage/{}/",
             "PK/permissions/group-manage/{}/"],
)  # fmt: skip
def test_junk_in_addresses_is_not_found(
    root: Client, indexes: Settings, path: str, junk: str
) -> None:
    address = path.format(junk).replace("PK", str(make("*").pk))
    assert root.get(f"/admin/catalogs/catalog/{address}").status_code == 404


def test_only_who_may_change_a_catalog_previews_queries(indexes: Settings) -> None:
    catalog = make("*")
    url = reverse("admin:catalogs_catalog_preview", args=[catalog.pk])
    user = User.objects.create_user("sam", is_staff=True)
    client = Client()
    client.force_login(user)
    assert client.get(url).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="change_catalog"))
    assert client.get(url).status_code == 200
    assign_perm("catalogs.view_catalog", user, catalog)
    assert Client().get(url).status_code == 302


def test_staff_tries_queries(courses: None) -> None:
    Site.objects.filter(partner__short_code="edX").update(domain="testserver")
    client = Client()
    assert client.get("/query-preview/").status_code == 302
    client.force_login(User.objects.create_user("maria"))
    assert client.get("/query-preview/").status_code == 302
    client.force_login(User.objects.create_user("sam", is_staff=True))
    assert client.get("/query-preview/").status_code == 200
    page = client.get("/query-preview/", {"q": "title:(physics OR music)"}).content.decode()
    assert "course: 2" in page
    assert "course_run: 2" in page
    assert "MITx+2" in page
    for query in ({"q": "title:(("}, {"program_q": "title:(("}):
        assert "errorlist" in client.get("/query-preview", query).content.decode()
    assert client.post("/query-preview/").status_code == 405
