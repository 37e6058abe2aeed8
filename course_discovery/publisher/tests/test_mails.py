"""Mails to people who work on courses: what they say, to whom, and when there is none."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail as outbox
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone

from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course, CourseRun, CourseType, CourseUrlSlug
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.course_metadata.tests.factories import OrganizationFactory
from course_discovery.publisher.mails import later
from course_discovery.publisher.mails.composing import Composed, compose
from course_discovery.publisher.mails.table import MAILS
from course_discovery.publisher.models import Errand, ErrandState, UserAttributes
from course_discovery.publisher.operations.course_run.editing import edit_course_run
from course_discovery.publisher.operations.course_run.reviewing import review_course_run
from course_discovery.publisher.operations.course_run.values import ToldRun
from course_discovery.publisher.operations.errands.running import run_next
from course_discovery.publisher.tests.course_runs import draft_course, run_of
from course_discovery.publisher.tests.people import person
from course_discovery.publisher.tests.persons import cast, coordinates

NOW = timezone.now()
FROM = "publisher@example.com"


@pytest.fixture
def run(db: None, settings: Any) -> CourseRun:
    """A run of Carol's course, coordinated by Connie; Lena is the legal team; Frank left."""
    settings.PUBLISHER_FROM_EMAIL = FROM
    settings.ORGANIC_MARKETING_EMAIL = ""
    course = draft_course()
    Partner.objects.filter(pk=course.partner_id).update(
        publisher_url="https://publisher.example.com/", studio_url="",
        lms_admin_url="https://lms.example.com/admin", marketing_site_url_root="https://www.example.com",
    )  # fmt: skip
    Course.everything.filter(pk=course.pk).update(
        title="Waves & <Sound>", watchers=["watcher@example.com"]
    )
    course.refresh_from_db()
    cast(course.authoring_organizations.get(), course)
    made = run_of(course, "unpublished")
    CourseUrlSlug.objects.create(
        course=course, partner=course.partner, url_slug="waves", is_active=True
    )
    return made


def with_studio(run: CourseRun) -> CourseRun:
    """The partner has everything that mails need; pushes are for other tests."""
    Partner.objects.filter(pk=run.course.partner_id).update(studio_url="https://studio.example.com")
    return CourseRun.everything.select_related("course__partner", "course__type").get(pk=run.pk)


def mail_of(run: CourseRun, name: str) -> Composed:
    return compose(mail=MAILS[name], run=run, now=NOW)


def send_all() -> list[EmailMultiAlternatives]:
    while run_next():
        pass
    return outbox.outbox  # type: ignore[return-value]


TITLE = "Waves & <Sound>"
CAROL, CONNIE, LENA = (f"{name}@example.com" for name in ("carol", "connie", "lena"))


@pytest.mark.parametrize(
    ("name", "subject", "to"),
    [
        ("legal_review", f"Legal review requested: {TITLE}", [LENA]),
        ("internal_review", f"Review requested: KEY - {TITLE}", [CONNIE]),
        ("reviewed", f"Review complete: {TITLE}", [CAROL]),
        ("went_live", f"Published: {TITLE}", [CAROL]),
        ("went_live_coordinators", f"Published: KEY - {TITLE}", [CONNIE]),
        ("watchers", f"Course URL for {TITLE}", ["watcher@example.com"]),
        ("ends_in_3_months", f"Reminder: {TITLE} ends in 3 months", [CAROL, CONNIE]),
        ("ends_in_1_month", f"Reminder: {TITLE} ends in 1 month", [CAROL, CONNIE]),
        ("ends_in_7_days", f"Reminder: {TITLE} ends in 7 days", [CAROL, CONNIE]),
        ("ends_ended", f"Reminder: {TITLE} has ended", [CAROL, CONNIE]),
    ],
)
def test_each_mail_has_its_subject_and_its_people(
    run: CourseRun, name: str, subject: str, to: list[str]
) -> None:
    run = with_studio(run)
    CourseRun.everything.filter(pk=run.pk).update(go_live_date=NOW + timedelta(days=3))
    run.refresh_from_db()
    composed = mail_of(run, name)
    assert composed.not_sent == ""
    assert composed.subject == subject.replace("KEY", run.key)
    assert sorted(composed.recipients) == to
    assert TITLE in composed.text
    assert "Waves &amp; &lt;Sound&gt;" in composed.html
    assert "<Sound>" not in composed.html
    assert "\n\n\n" not in composed.text


def test_every_mail_is_in_the_table_of_subjects() -> None:
    marks = test_each_mail_has_its_subject_and_its_people.pytestmark  # type: ignore[attr-defined]
    assert {row[0] for row in marks[0].args[1]} == set(MAILS)


def test_mails_lead_to_the_pages_that_they_are_about(run: CourseRun) -> None:
    run = with_studio(run)
    course = f"https://publisher.example.com/courses/{run.course.uuid}"
    text = mail_of(run, "internal_review").text
    assert course in text
    assert f"https://studio.example.com/course/{run.key}" in text
    assert "https://lms.example.com/admin/embargo/restrictedcourse/" in text
    assert f'href="{course}"' in mail_of(run, "legal_review").html
    assert "https://www.example.com/course/waves" in mail_of(run, "went_live").text
    assert "connie@example.com" in mail_of(run, "reviewed").text


def test_a_reviewed_run_s_mail_tells_the_day_it_will_be_published(run: CourseRun) -> None:
    run = with_studio(run)
    assert "no publication date" in mail_of(run, "reviewed").text
    run.go_live_date = NOW + timedelta(days=400)
    assert str(run.go_live_date.year) in mail_of(run, "reviewed").text
    assert "will be published on" in mail_of(run, "watchers").text
    run.status, run.announcement = CourseRunStatus.PUBLISHED, NOW
    assert "is published" in mail_of(run, "watchers").text


class TestWithout:
    """What keeps mails from being sent."""

    def test_a_coordinator(self, run: CourseRun) -> None:
        run = with_studio(run)
        get_user_model().objects.get(username="connie").organization_user_roles.all().delete()
        assert "Nobody coordinates" in mail_of(run, "legal_review").not_sent

    @pytest.mark.parametrize("field", ["publisher_url", "studio_url"])
    def test_an_address(self, run: CourseRun, field: str) -> None:
        run = with_studio(run)
        setattr(run.course.partner, field, "")
        assert "The partner has no" in mail_of(run, "legal_review").not_sent

    def test_an_author(self, run: CourseRun) -> None:
        run = with_studio(run)
        run.course.author_links.all().delete()
        assert "Nobody coordinates" in mail_of(run, "internal_review").not_sent

    def test_somebody_who_reads_it(self, run: CourseRun) -> None:
        run = with_studio(run)
        get_user_model().objects.filter(username="lena").update(email="")
        assert "Nobody is to be told" in mail_of(run, "legal_review").not_sent

    def test_a_word_of_the_log_it_is_not_sent(self, run: CourseRun) -> None:
        later.mail_legal_review(run=run, now=NOW)
        assert send_all() == []
        assert Errand.objects.get().state == ErrandState.DONE


@pytest.mark.parametrize("name", ["carol", "connie", "lena"])
def test_who_opted_out_is_told_nothing(run: CourseRun, name: str) -> None:
    run = with_studio(run)
    user = get_user_model().objects.get(username=name)
    UserAttributes.objects.create(user=user, enable_email_notification=False)
    told = {address for mail in MAILS for address in mail_of(run, mail).recipients}
    assert user.email not in told


def test_who_has_an_account_that_is_off_is_told_nothing(run: CourseRun) -> None:
    run = with_studio(run)
    get_user_model().objects.filter(username="carol").update(is_active=False)
    assert CAROL not in mail_of(run, "reviewed").recipients


def test_a_watcher_with_an_account_may_opt_out(run: CourseRun, settings: Any) -> None:
    settings.ORGANIC_MARKETING_EMAIL = "marketing@example.com"
    run = with_studio(run)
    run.course.watchers = ["Wanda@example.com", "watcher@example.com"]
    wanda = get_user_model().objects.create_user("wanda", "Wanda@example.com")
    assert len(mail_of(run, "watchers").recipients) == 3
    UserAttributes.objects.create(user=wanda, enable_email_notification=False)
    assert mail_of(run, "watchers").recipients == ["watcher@example.com", "marketing@example.com"]


@pytest.mark.parametrize("slug", CourseType.EXTERNAL)
def test_editors_of_courses_that_a_provider_runs_hear_nothing_of_reviews(
    run: CourseRun, slug: str
) -> None:
    run = with_studio(run)
    run.course.type = CourseType(slug=slug)
    assert mail_of(run, "reviewed").recipients == []
    assert mail_of(run, "went_live").recipients == []
    assert mail_of(run, "went_live_coordinators").recipients == [CONNIE]


def test_only_the_first_author_s_coordinators_review(run: CourseRun) -> None:
    other = OrganizationFactory(key="SouthU", partner=run.course.partner)
    run.course.author_links.create(organization=other, sort_value=9)
    sue = coordinates(person("sue"), other)
    run = with_studio(run)
    assert mail_of(run, "internal_review").recipients == [CONNIE]
    assert sue.email in mail_of(run, "ends_in_1_month").recipients


def test_a_title_cannot_add_headers(run: CourseRun) -> None:
    run = with_studio(run)
    run.title_override = "Waves\nBcc: evil@example.com\r\n"
    message = mail_of(run, "reviewed").message()
    assert message.message()["Subject"] == "Review complete: Waves Bcc: evil@example.com"


def test_mails_are_multipart_and_come_from_the_publisher(run: CourseRun) -> None:
    later.mail_legal_review(run=with_studio(run), now=NOW)
    (message,) = send_all()
    assert (message.from_email, message.to) == (FROM, [LENA])
    parts = [part.get_content_type() for part in message.message().walk()]
    assert parts == ["multipart/alternative", "text/plain", "text/html"]
    assert run_next() is False


def test_mails_are_in_the_language_of_the_service(run: CourseRun, settings: Any) -> None:
    settings.LANGUAGE_CODE = "es"
    assert '<html lang="es">' in mail_of(with_studio(run), "reviewed").html


def test_a_mail_server_that_is_away_is_tried_again(
    run: CourseRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Any, messages: Any) -> int:
        raise SMTPServerDisconnected("gone")

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", fail)
        later.mail_legal_review(run=with_studio(run), now=NOW)
        assert run_next() is True
    errand = Errand.objects.get()
    assert (errand.state, errand.attempts) == (ErrandState.WAITING, 1)
    assert "SMTPServerDisconnected" in errand.last_error
    assert run_next(clock=lambda: timezone.now() + timedelta(days=1)) is True
    assert len(outbox.outbox) == 1


class TestReviews:
    """Who is told when a run moves."""

    def told(self) -> list[str]:
        found = Errand.objects.filter(kind=later.MAIL).order_by("topic")
        names = list(found.values_list("topic", flat=True))
        found.delete()
        return names

    def review(self, run: CourseRun, to: str, **values: Any) -> list[str]:
        CourseRun.everything.filter(uuid=run.uuid).update(**values)
        staff = get_user_model().objects.get(username="sam")
        fresh = CourseRun.everything.get(uuid=run.uuid, draft=True)
        review_course_run(run=fresh, status=to, embargo={}, by=staff, now=NOW)
        return self.told()

    def test_submitting_tells_the_legal_team(self, run: CourseRun) -> None:
        carol = get_user_model().objects.get(username="carol")
        edit_course_run(run=run, told=ToldRun(submitted=True), by=carol, now=NOW)
        assert self.told() == ["legal_review"]

    def test_an_edit_tells_nobody(self, run: CourseRun) -> None:
        carol = get_user_model().objects.get(username="carol")
        edit_course_run(run=run, told=ToldRun(submitted=False), by=carol, now=NOW)
        assert self.told() == []

    def test_the_legal_step_tells_the_coordinators(self, run: CourseRun) -> None:
        told = self.review(run, "review_by_internal", status="review_by_legal")
        assert told == ["internal_review"]

    def test_the_internal_step_tells_the_editors(self, run: CourseRun) -> None:
        assert self.review(run, "reviewed", status="review_by_internal") == ["reviewed"]

    def test_watchers_are_told_once_there_is_a_date(self, run: CourseRun) -> None:
        later_on = NOW + timedelta(days=3)
        told = self.review(run, "reviewed", status="review_by_internal", go_live_date=later_on)
        assert told == ["reviewed", "watchers"]

    def test_a_run_that_is_due_goes_live_at_once(self, run: CourseRun) -> None:
        told = self.review(run, "reviewed", status="review_by_internal", go_live_date=NOW)
        assert told == ["watchers", "went_live", "went_live_coordinators"]


class TestPreview:
    """The page of the mails of a run."""

    URL = "/admin/publisher/mails/"

    def test_staff_sees_every_mail_of_a_run_and_none_is_sent(
        self, run: CourseRun, client: Client
    ) -> None:
        client.force_login(get_user_model().objects.get(username="sam"))
        assert client.get(self.URL).status_code == 200
        run = with_studio(run)
        page = client.get(self.URL, {"run": run.key.upper()}).content.decode()
        assert page.count("<iframe") == len(MAILS)
        assert "sandbox" in page
        assert "&lt;Sound&gt;" in page
        assert "Not sent:" not in page
        assert (outbox.outbox, Errand.objects.count()) == ([], 0)

    def test_it_says_why_mails_are_not_sent(self, run: CourseRun, client: Client) -> None:
        client.force_login(get_user_model().objects.get(username="sam"))
        page = client.get(self.URL, {"run": run.key}).content.decode()
        assert "The partner has no Studio." in page

    @pytest.mark.parametrize("key", ["", "none", "x" * 300, "a\0b", "é"])
    def test_an_unknown_run_is_told(self, run: CourseRun, client: Client, key: str) -> None:
        client.force_login(get_user_model().objects.get(username="sam"))
        answer = client.get(self.URL, {"run": key})
        assert answer.status_code == 200
        assert b"errorlist" in answer.content

    @pytest.mark.parametrize("name", ["bob", "carol", "connie", "lena", "root"])
    def test_others_are_sent_to_sign_in(self, run: CourseRun, client: Client, name: str) -> None:
        client.force_login(get_user_model().objects.get(username=name))
        assert client.get(self.URL)["Location"].startswith("/admin/login/")
