"""The explorer's first page: searching, narrowing, ordering."""

import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.test import Client

from course_discovery.api.explorer import searching
from course_discovery.api.tests.explorer.catalog import UNSEEN, make_course, make_run
from course_discovery.core.models import Partner

TITLES = {"Music of the North", "Physics of Strings", "Mixed Feelings", "Sound and Sense"}


def titles(page: str) -> list[str]:
    """The titles of the cards, in order."""
    return [unescape(each) for each in re.findall(r"<h2><a [^>]+>([^<]*)</a></h2>", page)]


def ask(visitor: Client, address: str = "", status: int = 200) -> str:
    """The page at an address."""
    answer = visitor.get(f"/{address}")
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def choices(page: str) -> list[tuple[str, int]]:
    """The address and the count of each value of a facet that is not chosen."""
    found = re.findall(r'<li><a href="(\?[^"]*)"><span class="name">.*?class="count">(\d+)<', page)
    return [(unescape(address), int(count)) for address, count in found]


def test_everybody_sees_what_is_public_and_nothing_else(visitor: Client) -> None:
    page = ask(visitor)
    assert set(titles(page)) == TITLES
    assert "<strong>4</strong> results" in page
    for title in UNSEEN:
        assert title not in page
        assert not {*titles(ask(visitor, f"?q={title}"))} & {*UNSEEN}


def test_all_words_must_be_found_wherever_they_are(visitor: Client) -> None:
    assert titles(ask(visitor, "?q=north+music+fjords")) == ["Music of the North"]
    assert titles(ask(visitor, "?q=music+strings+nowhere")) == []
    assert titles(ask(visitor, "?q=NorthU%2BMIX101")) == ["Mixed Feelings"]


def test_quotes_make_a_phrase(visitor: Client) -> None:
    assert titles(ask(visitor, "?q=%22songs+fjords%22")) == ["Music of the North"]
    assert titles(ask(visitor, "?q=%22fjords+songs%22")) == []
    assert set(titles(ask(visitor, "?q=%22%22"))) == TITLES


def test_every_count_is_exactly_what_its_address_leads_to(visitor: Client) -> None:
    to_follow = choices(ask(visitor))
    assert len(to_follow) > 8
    for address, count in to_follow:
        page = ask(visitor, address)
        assert f"<strong>{count}</strong> result" in page
        for deeper, deeper_count in choices(page)[:3]:
            assert f"<strong>{deeper_count}</strong> result" in ask(visitor, deeper)


def test_a_choice_can_be_taken_back(visitor: Client) -> None:
    page = ask(visitor, "?subject=Physics&level=Advanced")
    assert titles(page) == ["Physics of Strings"]
    chosen = re.findall(r'<a href="(\?[^"]*)" class="chosen" aria-current="true">', page)
    assert [parse_qs(unescape(each)[1:]) for each in chosen] == [
        {"level": ["Advanced"]}, {"subject": ["Physics"]},
    ]  # fmt: skip


def test_what_leaves_nothing_can_be_taken_back_too(visitor: Client) -> None:
    page = ask(visitor, "?subject=Alchemy")
    assert titles(page) == []
    assert "Nothing matches" in page
    assert 'href="?" class="chosen"' in page


def test_the_order_is_chosen(visitor: Client) -> None:
    courses = "?kind=course&sort="
    assert titles(ask(visitor, f"{courses}-start"))[0] == "Physics of Strings"
    assert titles(ask(visitor, f"{courses}start"))[-1] == "Physics of Strings"


def test_pages_follow_each_other(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "PAGE_SIZE", 3)
    first = ask(visitor, "?kind=course&kind=&q=")
    assert "Page 1" not in first  # three courses fill one page
    first = ask(visitor)
    following = re.search(r'<a rel="next" href="([^"]+)"', first)
    assert following
    second = ask(visitor, unescape(following[1]))
    assert "Page 2 of 2" in second
    assert set(titles(first)) | set(titles(second)) == TITLES
    assert 'rel="next"' not in second
    ask(visitor, "?page=3", status=404)


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "9" * 30, "100000"])
def test_a_page_that_is_none_is_not_found(visitor: Client, page: str) -> None:
    assert visitor.get("/", {"page": page}).status_code in (400, 404)


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("?q=nosuchfield:=x", "There is no field nosuchfield"),
        ("?q=" + "x" * 501, "500 characters"),
        ("?q=" + "x+" * 51, "50 words"),
        ("?sort=price", "Must be one of relevance"),
        ("?" + "&".join(f"subject={n}" for n in range(51)), "At most 50"),
    ],
)
def test_a_bad_search_is_refused_in_plain_words(visitor: Client, query: str, reason: str) -> None:
    page = ask(visitor, query, status=400)
    assert "This search cannot be understood" in page
    assert reason in page


def test_a_bad_search_can_be_mended_where_it_stands(visitor: Client) -> None:
    assert 'value="nosuchfield:=x"' in ask(visitor, "?q=nosuchfield:=x", status=400)


@pytest.mark.parametrize("q", ["!!!", "\0", "<b>", '"', "*", "a OR", "(", "\\", "𝒳 ÿ", "%"])
def test_no_text_breaks_the_page(visitor: Client, q: str) -> None:
    answer = visitor.get("/", {"q": q})
    assert answer.status_code == 200
    assert "<b>" not in answer.content.decode()


def test_an_empty_catalog_says_so(partner: Partner, indexes: Any) -> None:
    page = ask(Client())
    assert "The catalog is empty" in page
    assert "create_or_update_partner" not in page


@pytest.mark.django_db
def test_a_host_without_a_partner_says_what_to_do(no_index: Any) -> None:
    assert "create_or_update_partner" in ask(Client(), status=404)


def test_a_search_server_that_is_away_takes_nothing_else_with_it(
    visitor: Client, settings: Any, unused_tcp_port: int
) -> None:
    settings.SEARCH_URL = f"http://127.0.0.1:{unused_tcp_port}"
    answer = visitor.get("/")
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert "The search does not answer now" in answer.content.decode()
    assert visitor.get("/courses/NorthU+MUS101/").status_code == 200


def test_pages_lead_to_what_else_there_is(visitor: Client) -> None:
    page = ask(visitor)
    for address in ("/api-docs", "/admin/", "/health"):
        assert f'href="{address}' in page


def test_pages_load_nothing_but_our_own_scripts(visitor: Client) -> None:
    policy = visitor.get("/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<script>|\son\w+=|style=", ask(visitor))


def test_static_files_of_another_host_are_allowed(visitor: Client, settings: Any) -> None:
    settings.STATIC_URL = "https://static.example.com/files/"
    assert (
        "script-src 'self' https://static.example.com;"
        in (visitor.get("/")["Content-Security-Policy"])
    )


def test_an_address_that_nothing_lives_at_has_a_page_too(visitor: Client) -> None:
    answer = visitor.get("/nowhere/")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()
    assert 'role="search"' in answer.content.decode()


def test_pages_are_only_read(visitor: Client) -> None:
    assert visitor.post("/").status_code == 405


def test_titles_are_text(catalog: Partner, drain: Any) -> None:
    make_run(make_course(catalog, "NorthU+XSS", "<img src=x onerror=alert(1)>"))
    drain()
    page = ask(Client(), "?q=NorthU%2BXSS")
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "<img src=x" not in page


def test_a_card_shows_the_runs_that_everybody_may_see(visitor: Client) -> None:
    page = ask(visitor, "?q=mixed")
    assert page.count('class="state') == 1
    page = ask(visitor, "?q=fjords")
    assert page.count('class="state') == 2  # the third is over
    assert "Songs &amp; fjords." in page


def test_german_visitors_get_german_dates(visitor: Client) -> None:
    answer = visitor.get("/", HTTP_ACCEPT_LANGUAGE="de")
    assert answer["Content-Language"] == "de"
    assert '<html lang="de">' in answer.content.decode()
