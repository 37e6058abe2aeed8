from datetime import UTC, datetime
from decimal import Decimal

import pytest

from course_discovery.clients.course_mode import BadCourseMode, CourseMode, parse_course_mode

KEY = "course-v1:NorthU+PHY101+1T2027"


def row(**change: object) -> dict[str, object]:
    return {
        "course_id": KEY,
        "mode_slug": "verified",
        "mode_display_name": "Verified Certificate",
        "min_price": 149,
        "currency": "usd",
        "expiration_datetime": "2027-05-18T23:59:59Z",
        "expiration_datetime_is_explicit": True,
        "description": None,
        "sku": "4C1F0A7",
        "bulk_sku": "9E27C55",
        **change,
    }


def test_mode_is_read() -> None:
    assert parse_course_mode(row(), KEY) == CourseMode(
        slug="verified",
        name="Verified Certificate",
        price=Decimal(149),
        currency="USD",
        expiration=datetime(2027, 5, 18, 23, 59, 59, tzinfo=UTC),
        sku="4C1F0A7",
        bulk_sku="9E27C55",
    )


@pytest.mark.parametrize("unset", [None, "", "  "])
def test_optional_keys_may_be_unset(unset: object) -> None:
    mode = parse_course_mode(row(sku=unset, bulk_sku=unset, expiration_datetime=unset), KEY)
    assert (mode.sku, mode.bulk_sku, mode.expiration) == (None, None, None)


def test_optional_keys_may_be_absent() -> None:
    short = {
        key: value
        for key, value in row().items()
        if key not in {"sku", "bulk_sku", "expiration_datetime"}
    }
    assert parse_course_mode(short, KEY).sku is None


@pytest.mark.parametrize(
    ("sent", "price"), [(0, "0"), ("0.00", "0.00"), ("149", "149"), ("1999.95", "1999.95")]
)
def test_price_is_exact(sent: object, price: str) -> None:
    assert str(parse_course_mode(row(min_price=sent), KEY).price) == price


def test_moment_keeps_its_zone() -> None:
    mode = parse_course_mode(row(expiration_datetime="2027-05-18T23:59:59.5+02:00"), KEY)
    assert mode.expiration == datetime(2027, 5, 18, 21, 59, 59, 500_000, tzinfo=UTC)


def test_run_key_is_compared_without_case() -> None:
    assert parse_course_mode(row(course_id=KEY.upper()), KEY).slug == "verified"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("course_id", "course-v1:NorthU+PHY102+1T2027"),
        ("course_id", None),
        ("mode_slug", None),
        ("mode_slug", " "),
        ("mode_slug", 7),
        ("mode_display_name", None),
        ("mode_display_name", ["x"]),
        ("min_price", None),
        ("min_price", True),
        ("min_price", 1.5),
        ("min_price", -1),
        ("min_price", "-1.00"),
        ("min_price", "1e5"),
        ("min_price", "NaN"),
        ("min_price", "١"),
        ("min_price", "12\n"),
        ("min_price", 10**10),
        ("currency", None),
        ("currency", "us"),
        ("currency", "$$$"),
        ("expiration_datetime", "tomorrow"),
        ("expiration_datetime", "2027-05-18T23:59:59"),
        ("expiration_datetime", 1_800_000_000),
        ("sku", 7),
        ("bulk_sku", {}),
    ],
)
def test_wrong_value_names_its_key_and_not_itself(key: str, value: object) -> None:
    with pytest.raises(BadCourseMode, match=key) as caught:
        parse_course_mode(row(**{key: value}), KEY)
    if isinstance(value, str) and value.strip():
        assert value not in str(caught.value)


@pytest.mark.parametrize("other", [None, [], "verified", 3])
def test_row_that_is_no_object_is_refused(other: object) -> None:
    with pytest.raises(BadCourseMode, match="not an object"):
        parse_course_mode(other, KEY)
