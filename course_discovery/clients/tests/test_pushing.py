"""Changes in other services: what is sent, and what comes of bad answers."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest

from course_discovery.clients.call import Call
from course_discovery.clients.ecommerce_publication import publish
from course_discovery.clients.errors import (
    BadAnswer,
    ClientError,
    Refused,
    ServerFault,
    Throttled,
    Unreachable,
)
from course_discovery.clients.lms import LmsClient
from course_discovery.clients.oauth import TokenCache, TokenSource
from course_discovery.clients.organization import put_organization
from course_discovery.clients.payload import Upload, json_payload
from course_discovery.clients.pushing import push_session
from course_discovery.clients.retry import RetryPolicy
from course_discovery.clients.session import ServiceSession
from course_discovery.clients.studio import StudioClient
from course_discovery.clients.tests.conftest import MakeSession
from course_discovery.clients.tests.scripted_server import (
    Answer,
    ScriptedServer,
    html_answer,
    json_answer,
)
from course_discovery.clients.tests.standins.platform import (
    CLIENT_ID,
    CLIENT_SECRET,
    TOKEN,
    StandInPlatform,
    stand_in_platform,
)

KEY = "course-v1:NorthU+PHY101+1T2027"
OLD_KEY = "NorthU/PHY101/2015"
RUN: dict[str, Any] = {
    "title": "Waves & Optics ✓",
    "org": "NorthU",
    "number": "PHY101",
    "run": "1T2027",
    "team": [{"user": "maria", "role": "instructor"}],
}
NEW = {
    **RUN,
    "pacing_type": "self_paced",
    "schedule": {"start": "2027-02-01T09:00:00Z", "end": "2027-05-28T23:30:00Z"},
}
SEAT = {
    "expires": None,
    "price": "0.00",
    "product_class": "Seat",
    "stockrecords": [{"partner_sku": None}],
    "attribute_values": [
        {"name": "certificate_type", "value": ""},
        {"name": "id_verification_required", "value": False},
    ],
}
PUBLICATION = {
    "id": KEY,
    "uuid": "6f1c2b9e-3a54-4d0e-9c77-5b8a1e2d4f60",
    "name": "Waves",
    "verification_deadline": None,
    "products": [SEAT],
}
ORGANIZATION = {"name": "North University", "short_name": "NorthU", "description": None}
MODE = {
    "course_id": KEY,
    "mode_slug": "masters",
    "mode_display_name": "Masters",
    "currency": "usd",
    "min_price": 0,
}
JSON = {"Content-Type": "application/json"}


@pytest.fixture
def platform() -> Iterator[StandInPlatform]:
    with stand_in_platform() as made:
        yield made


@pytest.fixture
def waiting() -> Iterator[ServiceSession]:
    with push_session(connect_timeout=1, read_timeout=0.4) as session:
        yield session


@pytest.fixture
def pusher(platform: StandInPlatform, waiting: ServiceSession) -> TokenSource:
    url = f"{platform.url}/oauth2/"
    return TokenSource(url, CLIENT_ID, CLIENT_SECRET, session=waiting, cache=TokenCache())


@pytest.fixture(params=["", "/"])
def studio(
    request: Any, platform: StandInPlatform, waiting: ServiceSession, pusher: TokenSource
) -> StudioClient:
    return StudioClient(platform.url + request.param, session=waiting, tokens=pusher)


def key() -> str:
    return str(uuid4())


def test_a_run_is_made_copied_changed_and_given_an_image(
    platform: StandInPlatform, studio: StudioClient
) -> None:
    studio.create_run(KEY, NEW, idempotency_key=key())
    second = KEY.replace("1T", "2T")
    studio.rerun(KEY, second, {**NEW, "run": "2T2027"}, idempotency_key=key())
    studio.update_run(KEY, {**RUN, "title": "New"}, idempotency_key=key())
    image = Upload("wäves.png", "image/png", b"\x89PNG\xff\r\n--x")
    studio.upload_image(KEY, image, idempotency_key=key())
    assert platform.studio.runs[KEY]["title"] == "New"
    assert platform.studio.reruns == {second: KEY}
    assert platform.studio.images[KEY][1:] == ("image/png", image.data)
    assert len({request.headers["idempotency-key"] for request in platform.pushes}) == 4


def test_old_keys_keep_their_slashes_in_addresses(
    server: ScriptedServer, waiting: ServiceSession, tokens: TokenSource
) -> None:
    server.queue("/oauth2/access_token", json_answer({"access_token": "t", "token_type": "jwt"}))
    server.queue(f"/api/v1/course_runs/{OLD_KEY}/", json_answer({"id": OLD_KEY}))
    studio = StudioClient(server.url, session=waiting, tokens=tokens)
    studio.update_run(OLD_KEY, RUN, idempotency_key=key())
    for bad in ("", "../x", "a//b"):
        with pytest.raises(ClientError, match="not a course run key"):
            studio.update_run(bad, RUN, idempotency_key=key())


@pytest.mark.parametrize(
    ("answer", "kind", "said"),
    [
        (json_answer({"team": ["No such person."]}, 400), Refused, '{"team": ["No such person."]}'),
        (json_answer({"detail": "Not\x00 \x1b[31mallowed."}, 403), Refused, "u001b[31mallowed."),
        (Answer(400, b"Schon\tda\n\x07", {"Content-Type": "text/plain"}), Refused, "Schon da"),
        (html_answer("Bad <b>gateway", 502), ServerFault, ""),
        (Answer(500, b"x" * 50_000, {"Content-Type": "text/plain"}), ServerFault, "x" * 2000),
        (Answer(500, b"\xff\xfe{", JSON), ServerFault, "{"),
        (json_answer({"detail": "slow"}, 429, Retry_After="1"), Throttled, "slow"),
        (html_answer("Sign in", 200), BadAnswer, ""),
        (json_answer({"id": "course-v1:A+B+C"}, 201), BadAnswer, ""),
        (json_answer([], 201), BadAnswer, ""),
        (Answer(201, b"{", JSON), BadAnswer, ""),
        (Answer(201, b"[" + b" " * 2_000_000 + b"]", JSON), BadAnswer, ""),
        (Answer(301, b"", {"Location": "http://127.0.0.1:1/"}), BadAnswer, ""),
        (Answer(200, b"{}", JSON, fault="reset"), Unreachable, ""),
        (Answer(200, b"{" * 100, JSON, fault="short"), Unreachable, ""),
        (Answer(200, b"{}", JSON, fault="hang"), Unreachable, ""),
        (Answer(200, b"{}", JSON, fault="stall"), Unreachable, ""),
    ],
)
def test_a_bad_answer_is_an_error_that_keeps_what_was_said_and_is_asked_for_once(
    platform: StandInPlatform,
    studio: StudioClient,
    answer: Answer,
    kind: type[ClientError],
    said: str,
) -> None:
    platform.trouble(platform.studio, answer)
    with pytest.raises(kind) as caught:
        studio.create_run(KEY, NEW, idempotency_key=key())
    assert said in caught.value.answer
    assert caught.value.answer.isprintable()
    assert len(caught.value.answer) <= 2000
    assert "No such person" not in str(caught.value)
    assert len(platform.pushes) == 1
    platform.released.set()


def test_a_change_is_tried_again_only_if_it_carries_a_key(
    server: ScriptedServer, make_session: MakeSession
) -> None:
    session = make_session(policy=RetryPolicy(tries=3))
    url = server.queue("/x", json_answer({}, 500))
    for idempotency_key, tries in (("", 1), ("k", 3)):
        server.requests.clear()
        with pytest.raises(ServerFault) as caught:
            session.send(Call(url, payload=json_payload({}), idempotency_key=idempotency_key))
        assert len(server.requests) == tries
        assert caught.value.given_up


def test_a_token_that_is_not_accepted_any_more_is_renewed(
    platform: StandInPlatform, studio: StudioClient
) -> None:
    studio.create_run(KEY, NEW, idempotency_key=key())
    platform.forget_tokens()
    studio.update_run(KEY, RUN, idempotency_key=key())
    statuses = [request.path for request in platform.requests]
    assert statuses.count(TOKEN) == 2


def test_without_a_token_nothing_is_sent(platform: StandInPlatform, studio: StudioClient) -> None:
    platform.trouble(TOKEN, json_answer({"error": "invalid_client"}, 401))
    with pytest.raises(Refused, match="invalid_client"):
        studio.create_run(KEY, NEW, idempotency_key=key())
    assert platform.pushes == []


@pytest.fixture(params=["/api/v2", "/api/v2/"])
def tell_shop(
    request: Any, platform: StandInPlatform, waiting: ServiceSession, pusher: TokenSource
) -> Callable[[], list[str | None]]:
    def tell() -> list[str | None]:
        url = platform.url + request.param
        return list(
            publish(url, PUBLICATION, session=waiting, tokens=pusher, idempotency_key=key())
        )

    return tell


def test_a_shop_gives_skus(
    platform: StandInPlatform, tell_shop: Callable[[], list[str | None]]
) -> None:
    (sku,) = tell_shop()
    assert sku
    assert len(sku) == 7
    assert platform.shop.publications == {KEY: PUBLICATION}


def test_what_a_shop_says_is_kept(
    platform: StandInPlatform, tell_shop: Callable[[], list[str | None]]
) -> None:
    platform.shop.error = "Platform refused the modes."
    with pytest.raises(ServerFault) as caught:
        tell_shop()
    assert caught.value.answer == '{"error": "Platform refused the modes."}'


@pytest.mark.parametrize(
    ("body", "skus"),
    [
        ({"products": []}, []),
        ({"products": [{"partner_sku": "A"}, {"partner_sku": "B"}]}, []),
        ({"products": [{"partner_sku": None}]}, [None]),
        ({"products": [{"partner_sku": ""}]}, [None]),
        ({"products": ["x"]}, [None]),
    ],
)
def test_skus_are_taken_by_their_place_if_there_are_as_many(
    platform: StandInPlatform,
    tell_shop: Callable[[], list[str | None]],
    body: object,
    skus: list[str | None],
) -> None:
    platform.trouble(platform.shop, json_answer(body))
    assert tell_shop() == skus


@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        {"products": {}},
        {"products": [{"partner_sku": 7}]},
        {"products": [{"partner_sku": "x" * 129}]},
        {"products": [{"partner_sku": "a\nb"}]},
        {"error": "no", "products": [{"partner_sku": "A"}]},
    ],
)
def test_a_shop_that_answers_garbage_gives_no_skus(
    platform: StandInPlatform, tell_shop: Callable[[], list[str | None]], body: object
) -> None:
    platform.trouble(platform.shop, json_answer(body))
    with pytest.raises(BadAnswer):
        tell_shop()


@pytest.mark.parametrize("root", ["", "/api/course_modes/v1", "/api/course_modes/v1/"])
def test_a_mode_is_added(
    platform: StandInPlatform, waiting: ServiceSession, pusher: TokenSource, root: str
) -> None:
    address = root and platform.url + root
    lms = LmsClient("", address, session=waiting, tokens=pusher, lms_url=platform.url)
    lms.add_course_mode(KEY, MODE, idempotency_key=key())
    assert [mode.slug for mode in lms.course_modes(KEY)] == ["masters"]


@pytest.mark.parametrize("root", ["/api/organizations/v0", "/api/organizations/v0/"])
def test_an_organization_is_put_under_its_key(
    platform: StandInPlatform, waiting: ServiceSession, pusher: TokenSource, root: str
) -> None:
    put_organization(
        platform.url + root,
        "NorthU",
        ORGANIZATION,
        session=waiting,
        tokens=pusher,
        idempotency_key=key(),
    )
    assert platform.organizations.organizations == {"NorthU": ORGANIZATION}
