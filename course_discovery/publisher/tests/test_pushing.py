"""Pushes to Studio, shop and LMS, against stand-ins that verify what they receive."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from pytest_django import Settings
from waffle.testutils import override_switch

from course_discovery.clients.tests.scripted_server import Answer, html_answer, json_answer
from course_discovery.clients.tests.standins.platform import TOKEN, StandInPlatform
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import CourseRun, CourseRunType, Mode, Track
from course_discovery.course_metadata.tests.factories import (
    AdditionalMetadataFactory,
    CourseEntitlementFactory,
    CourseFactory,
    CourseRunFactory,
    OrganizationFactory,
    PartnerFactory,
    SeatFactory,
)
from course_discovery.publisher.operations.pushing.connection import PushFailed
from course_discovery.publisher.operations.pushing.lms import push_course_modes, push_organization
from course_discovery.publisher.operations.pushing.shop import push_publication, store_skus
from course_discovery.publisher.operations.pushing.studio import (
    push_course_run_update,
    push_new_course_run,
)
from course_discovery.publisher.queries.pushed import (
    VARIANT_SWITCH,
    pushed_modes,
    pushed_organization,
    pushed_publication,
    pushed_run,
)
from course_discovery.publisher.queries.pushed_facts import PushedMode, PushedRun, SeatIdentity

KEY = "course-v1:NorthU+PHY101+1T2027"
START, END = datetime(2027, 2, 1, 9, tzinfo=UTC), datetime(2027, 5, 28, 23, 30, 5, 7, UTC)


def run_of(partner: Partner, **values: Any) -> CourseRun:
    course = CourseFactory(partner=partner, key="NorthU+PHY101", title="Waves", draft=True)
    run: CourseRun = CourseRunFactory(course=course, key=KEY, start=START, end=END, **values)
    return run


def facts(**values: Any) -> PushedRun:
    told: dict[str, Any] = {
        "key": KEY,
        "title": "Waves",
        "team": ("maria", "li", "maria"),
        "pacing_type": None,
        "start": START,
        "end": END,
    }
    return PushedRun(**told | values)


def test_a_new_run_is_made_in_studio(platform: StandInPlatform, told_partner: Partner) -> None:
    run = run_of(told_partner, title_override="Own title", pacing_type="self_paced")
    assert push_new_course_run(partner=told_partner, run=pushed_run(run, team=["maria", "li"]))
    assert platform.studio.runs == {
        KEY: {
            "title": "Own title",
            "org": "NorthU",
            "number": "PHY101",
            "run": "1T2027",
            "team": [{"user": name, "role": "instructor"} for name in ("maria", "li")],
            "pacing_type": "self_paced",
            "schedule": {"start": "2027-02-01T09:00:00Z", "end": "2027-05-28T23:30:05Z"},
        }
    }


def test_a_rerun_is_a_copy(platform: StandInPlatform, told_partner: Partner) -> None:
    platform.studio.has(KEY)
    key = "course-v1:NorthU+PHY101+2T2027"
    assert push_new_course_run(partner=told_partner, run=facts(key=key), rerun_of=KEY)
    assert platform.studio.reruns == {key: KEY}
    assert platform.studio.runs[key]["pacing_type"] == "instructor_paced"
    assert len(platform.studio.runs[key]["team"]) == 2


@pytest.mark.parametrize(
    ("values", "schedule"),
    [
        ({}, {}),
        (
            {"enrollment_start": START},
            {"enrollment_start": "2027-02-01T09:00:00Z", "enrollment_end": None},
        ),
        (
            {"taught_elsewhere": True},
            {"start": "2027-02-01T09:00:00Z", "end": "2027-05-28T23:30:05Z"},
        ),
    ],
)
def test_an_update_leaves_dates_to_studio(
    platform: StandInPlatform, told_partner: Partner, values: Any, schedule: dict[str, Any]
) -> None:
    platform.studio.has(KEY)
    assert push_course_run_update(partner=told_partner, run=facts(**values))
    assert platform.studio.runs[KEY]["schedule"] == schedule


def test_a_run_that_ends_early_ends_in_studio(
    platform: StandInPlatform, told_partner: Partner
) -> None:
    platform.studio.has(KEY)
    assert push_course_run_update(partner=told_partner, run=facts(), ended=True)
    ended = {"end": "2027-05-28T23:30:05Z", "enrollment_end": None}
    assert platform.studio.runs[KEY]["schedule"] == ended


def test_a_try_that_is_made_again_carries_its_key(
    platform: StandInPlatform, told_partner: Partner
) -> None:
    platform.trouble(platform.studio, json_answer({}, 503), times=1)
    key = uuid4()
    with pytest.raises(PushFailed):
        push_new_course_run(partner=told_partner, run=facts(), idempotency_key=key)
    assert push_new_course_run(partner=told_partner, run=facts(), idempotency_key=key)
    keys = [request.headers["idempotency-key"] for request in platform.pushes]
    assert keys == [str(key)] * 2


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (json_answer({"team": ["No such person."]}, 400), '{"team": ["No such person."]}'),
        (html_answer("Bad gateway", 502), "Bad gateway"),
        (html_answer("Sign in", 200), "HTML page instead of JSON, title: 'Sign in'"),
        (json_answer({"id": 3}, 201), "the answer does not tell of this run"),
        (Answer(fault="hang"), "no answer within 0.4 s"),
        (Answer(fault="reset"), "connection broken before an answer"),
        (Answer(500), "the service told no reason"),
    ],
)
def test_what_studio_says_is_told(
    platform: StandInPlatform, told_partner: Partner, answer: Answer, said: str
) -> None:
    platform.trouble(platform.studio, answer)
    with pytest.raises(PushFailed) as caught:
        push_new_course_run(partner=told_partner, run=facts())
    assert caught.value.said == said
    assert str(caught.value) == f"Studio: {said}"
    assert len(platform.pushes) == 1
    platform.released.set()


def test_a_service_that_gives_no_token_is_a_failure_too(
    platform: StandInPlatform, told_partner: Partner, settings: Settings
) -> None:
    settings.BACKEND_SERVICE_EDX_OAUTH2_SECRET = "wrong"
    with pytest.raises(PushFailed, match="invalid_client"):
        push_new_course_run(partner=told_partner, run=facts())
    assert platform.pushes == []
    assert [request.path for request in platform.requests] == [TOKEN]


def test_a_key_that_is_no_runs_key_is_not_sent(
    platform: StandInPlatform, told_partner: Partner
) -> None:
    for key in ("", "x", "course-v1:A+B", "../../x"):
        with pytest.raises(PushFailed):
            push_new_course_run(partner=told_partner, run=facts(key=key))
    assert platform.requests == []


def test_no_push_inside_a_transaction(platform: StandInPlatform, told_partner: Partner) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError):
        push_new_course_run(partner=told_partner, run=facts())
    assert platform.requests == []


def test_a_partner_without_addresses_is_not_told(db: None, platform: StandInPlatform) -> None:
    partner = PartnerFactory()
    run = run_of(partner)
    SeatFactory(course_run=run)
    assert not push_new_course_run(partner=partner, run=pushed_run(run))
    assert not push_course_run_update(partner=partner, run=pushed_run(run))
    assert push_publication(partner=partner, publication=pushed_publication(run)) is None
    modes = [PushedMode("masters", "Masters")]
    assert push_course_modes(partner=partner, run_key=KEY, modes=modes) is None
    told = pushed_organization(OrganizationFactory(partner=partner))
    assert not push_organization(partner=partner, organization=told)
    assert platform.requests == []


def sold(partner: Partner) -> CourseRun:
    run = run_of(partner, variant_id=UUID(int=5))
    run.course.additional_metadata = AdditionalMetadataFactory(variant_id=UUID(int=7))
    run.course.save()
    SeatFactory(course_run=run, type_id="audit", price=0)
    deadline = {"upgrade_deadline": START, "upgrade_deadline_override": END}
    SeatFactory(course_run=run, price=Decimal("149.5"), sku="OLD", **deadline)
    SeatFactory(course_run=run, type_id="credit")  # no track of the run's type has it
    CourseEntitlementFactory(course=run.course, price=149)
    return run


def test_a_shop_is_told_what_a_run_is_sold_as_and_its_skus_are_kept(
    platform: StandInPlatform, told_partner: Partner
) -> None:
    run = sold(told_partner)
    skus = push_publication(partner=told_partner, publication=pushed_publication(run))
    told = platform.shop.publications[KEY]
    audit, verified, entitlement = told["products"]
    assert told["uuid"] == str(run.course.uuid)
    assert told["verification_deadline"] == "2027-05-28T23:30:05Z"
    assert (audit["expires"], audit["price"]) == (None, "0.00")
    assert (verified["expires"], verified["price"]) == ("2027-05-28T23:30:05Z", "149.50")
    assert verified["stockrecords"] == [{"partner_sku": "OLD"}]
    values = [{"name": "certificate_type", "value": "verified"}]
    flag = {"name": "id_verification_required", "value": True}
    assert verified["attribute_values"] == [*values, flag]
    variant = {"name": "variant_id", "value": str(UUID(int=7))}
    assert entitlement["attribute_values"] == [*values, variant]
    assert skus is not None
    assert skus.seats.keys() == {
        SeatIdentity("audit", "USD", ""),
        SeatIdentity("verified", "USD", ""),
    }
    seats, entitlements = run.seats.all(), run.course.entitlements.select_related("mode")
    store_skus(skus=skus, seats=seats, entitlements=entitlements)
    assert (
        run.seats.get(type__slug="verified").sku == skus.seats[SeatIdentity("verified", "USD", "")]
    )
    assert run.seats.get(type__slug="credit").sku is None
    assert run.course.entitlements.get().sku == skus.entitlements["verified"]


def test_a_runs_own_variant_is_told_under_its_switch(
    platform: StandInPlatform, told_partner: Partner
) -> None:
    run = sold(told_partner)
    with override_switch(VARIANT_SWITCH, active=True):
        push_publication(partner=told_partner, publication=pushed_publication(run))
    _audit, verified, _entitlement = platform.shop.publications[KEY]["products"]
    variant = {"name": "variant_id", "value": str(UUID(int=5))}
    assert verified["attribute_values"][-1] == variant


def test_skus_of_other_products_are_not_kept(
    platform: StandInPlatform, told_partner: Partner
) -> None:
    run = sold(told_partner)
    platform.trouble(platform.shop, json_answer({"products": [{"partner_sku": "X"}]}))
    skus = push_publication(partner=told_partner, publication=pushed_publication(run))
    assert skus is not None
    assert (skus.seats, skus.entitlements) == ({}, {})


def test_nothing_to_sell_is_not_told(platform: StandInPlatform, told_partner: Partner) -> None:
    publication = pushed_publication(run_of(told_partner))
    assert push_publication(partner=told_partner, publication=publication) is None
    assert platform.requests == []


def test_what_the_shop_says_is_told(platform: StandInPlatform, told_partner: Partner) -> None:
    platform.shop.error = "Publishing is switched off."
    with pytest.raises(PushFailed, match="Publishing is switched off"):
        push_publication(partner=told_partner, publication=pushed_publication(sold(told_partner)))


def masters_type() -> CourseRunType:
    made = CourseRunType.objects.create(name="Masters", slug="masters-test")
    for slug, name in (("masters-a", "A"), ("masters-b", "B"), ("masters-c", "C")):
        mode = Mode.objects.create(name=name, slug=slug)
        made.tracks.add(Track.objects.create(mode=mode))
    made.tracks.add(Track.objects.exclude(seat_type=None)[0])
    return made


def test_the_lms_gets_modes_that_it_lacks(platform: StandInPlatform, told_partner: Partner) -> None:
    modes = pushed_modes(masters_type())
    platform.modes.has(KEY, "masters-b")
    told = push_course_modes(partner=told_partner, run_key=KEY, modes=modes)
    assert told == ["masters-a", "masters-c"]
    assert push_course_modes(partner=told_partner, run_key=KEY, modes=modes) == []
    assert platform.modes.modes[KEY].keys() == {"masters-a", "masters-b", "masters-c"}


def test_the_address_of_modes_is_derived(platform: StandInPlatform, told_partner: Partner) -> None:
    told_partner.lms_coursemode_api_url = ""
    modes = [PushedMode("masters", "Masters")]
    assert push_course_modes(partner=told_partner, run_key=KEY, modes=modes) == ["masters"]


def test_organizations_are_told(
    platform: StandInPlatform, told_partner: Partner, settings: Settings
) -> None:
    organization = OrganizationFactory(
        partner=told_partner, key="NorthU", certificate_name="The North University"
    )
    organization.certificate_logo_image = "logos/1.png"
    assert push_organization(partner=told_partner, organization=pushed_organization(organization))
    told = {"name": "The North University", "short_name": "NorthU", "description": None}
    assert platform.organizations.organizations == {"NorthU": told}
    settings.ORG_BASE_LOGO_URL = "https://media.example.com"
    assert push_organization(partner=told_partner, organization=pushed_organization(organization))
    logo = "https://media.example.com/media/logos/1.png"
    assert platform.organizations.organizations["NorthU"]["logo_url"] == logo
