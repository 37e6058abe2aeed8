"""A catalog in which every row has as many parts as a test wants."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from typing import Any
from unittest.mock import patch

from django.db import transaction
from django.db.models import Model

from course_discovery.core.changes import recording
from course_discovery.core.models import Currency, Partner, User, UserThrottleRate
from course_discovery.course_metadata import models
from course_discovery.course_metadata.tests import factories as make
from course_discovery.course_metadata.tests.owner_cases import CASES

_numbers = count(1)
LANGUAGES = [f"x{first}" for first in "abcdefghijklmnopqrstuvwxyz"] + [f"y{c}" for c in "abcdefgh"]


def catalogs_of(blocker: Any, *sizes: int) -> Iterator[list["Catalog"]]:
    """Catalogs of these sizes for all tests of a module, whatever single tests roll back.

    To be gone through by a fixture of the module. The rows are not told to the change log: nobody
    reads it, and they are many.
    """
    with blocker.unblock():
        block: Any = transaction.atomic()
        block._from_testcase = True  # never commits, as the blocks around single tests
        block.__enter__()
        with patch.object(recording, "record"):
            catalogs = [Catalog(n) for n in sizes]
    yield catalogs
    with blocker.unblock():
        transaction.set_rollback(True)
        block.__exit__(None, None, None)


class Catalog:
    """One partner's rows; `n` of everything that a row may have several of."""

    def __init__(self, n: int) -> None:
        self.n = n
        self.mark = f"{n}-{next(_numbers)}"
        self.partner = make.PartnerFactory()
        self.organizations = self._made(make.OrganizationFactory)
        self.people = self._people()
        self.course = self._course(draft=True)
        self.official_course = self._course(
            draft=False, uuid=self.course.uuid, key=self.course.key, draft_version=self.course
        )
        self.run = self._run(self.course)
        self.official_course.canonical_course_run = self._run(self.official_course)
        self.official_course.save()
        self.program = self._program(make.ProgramFactory)
        self.degree = self._degree()
        self.curriculum = self._curriculum()
        self._types()
        self._words()

    def row_of(self, model: type[Model]) -> Any:
        """The row of a model that has the most parts."""
        known: dict[type[Model], Any] = {
            Partner: self.partner, models.Course: self.official_course, models.CourseRun: self.run,
            models.Program: self.program, models.Degree: self.degree,
            models.Curriculum: self.curriculum, models.Organization: self.organizations[0],
            models.Person: self.people[0], models.ProgramType: self.program_type,
            models.CourseType: self.course_type, models.CourseRunType: self.course_run_type,
            models.Source: self.source, models.Subject: self.subject, models.Topic: self.topic,
            models.LevelType: self.level, models.LanguageTag: self.language,
            models.CourseUrlSlug: self.official_course.url_slug_history.get(is_active=True),
            User: make.UserFactory(),
        }  # fmt: skip
        if model is UserThrottleRate:
            return UserThrottleRate.objects.create(user=make.UserFactory(), rate="10/hour")
        row = known.get(model) or model._base_manager.order_by("pk").first()
        return row or CASES[model].saved()

    def _made(self, factory: Any, **values: Any) -> list[Any]:
        owned = {"partner": self.partner} if hasattr(factory._meta.model, "partner") else {}
        return [factory(**owned, **values) for _ in range(self.n)]

    def _people(self) -> list[Any]:
        people = self._made(make.PersonFactory)
        for person in people:
            make.PositionFactory(person=person, organization=self.organizations[0])
        for _ in range(self.n):
            make.PersonSocialNetworkFactory(person=people[0])
            make.PersonAreaOfExpertiseFactory(person=people[0])
        people[0].bio_language_id = "es"
        people[0].save()
        return people

    def _course(self, **values: Any) -> Any:
        restriction = make.CourseLocationRestrictionFactory()
        metadata = make.AdditionalMetadataFactory()
        metadata.facts.set(self._made(make.FactFactory))
        metadata.product_meta.keywords.set([f"word {number}" for number in range(self.n)])
        course = make.CourseFactory(
            partner=self.partner, video=self._video(), level_type=make.LevelTypeFactory(),
            geolocation=make.GeoLocationFactory(), in_year_value=make.ProductValueFactory(),
            location_restriction=restriction, additional_metadata=metadata,
            extra_description=make.AdditionalPromoAreaFactory(), watchers=["a@example.com"],
            organizations=self.organizations, subjects_in_order=self._made(make.SubjectFactory),
            **values,
        )  # fmt: skip
        course.prerequisites.set(self._made(make.PrerequisiteFactory))
        course.topics.set([f"topic {number}" for number in range(self.n)])
        make.CourseEntitlementFactory(course=course)
        for place, organization in enumerate(self.organizations):
            course.sponsor_links.create(organization=organization, sort_value=place)
            course.collaborator_links.create(
                collaborator=make.CollaboratorFactory(), sort_value=place
            )
            item = make.ExpectedLearningItemFactory()
            course.learning_item_links.create(expected_learning_item=item, sort_value=place)
            course.editors.create(user=make.UserFactory())
            name = f"{course.pk}-{place}"
            course.url_slug_history.create(
                partner=self.partner, url_slug=name, is_active=not place and not course.draft
            )
            course.url_redirects.create(partner=self.partner, value=f"old/{name}")
        return course

    def _run(self, course: Any) -> Any:
        runs = [make.CourseRunFactory(course=course) for _ in range(self.n)]
        run = runs[0]
        run.language_id, run.video = "es", self._video()
        run.ai_languages = {
            "translation_languages": [{"code": "es", "label": "Spanish"}],
            "transcription_languages": [],
        }
        run.start = datetime(2027, 1, 1, tzinfo=UTC)
        run.save()
        run.transcript_languages.set(models.LanguageTag.objects.all()[: self.n])
        run.video_translation_languages.set(models.LanguageTag.objects.all()[: self.n])
        run.tags.set([f"tag {number}" for number in range(self.n)])
        for place, person in enumerate(self.people):
            run.staff_links.create(person=person, sort_value=place)
            make.SeatFactory(course_run=run, credit_provider=f"provider {place}")
        models.RestrictedCourseRun.everything.create(
            course_run=run, restriction_type="custom-b2c", draft=run.draft
        )
        return run

    def _video(self) -> Any:
        return make.VideoFactory(image=make.ImageFactory())

    def _program(self, factory: Any) -> Any:
        courses = self._made(make.CourseFactory)
        program = factory(
            partner=self.partner, video=self._video(), courses_in_order=courses,
            organizations=self.organizations, taxi_form=make.TaxiFormFactory(),
            geolocation=make.GeoLocationFactory(), in_year_value=make.ProductValueFactory(),
            primary_subject_override=make.SubjectFactory(partner=self.partner),
            level_type_override=make.LevelTypeFactory(), language_override_id="es",
        )  # fmt: skip
        program.labels.set([f"label {number}" for number in range(self.n)])
        program.excluded_course_runs.set(make.CourseRunFactory(course=each) for each in courses)
        for place in range(self.n):
            told: dict[Any, dict[str, Any]] = {
                program.credit_backer_links: {"organization": self.organizations[place]},
                program.instructor_links: {"person": self.people[place]},
                program.learning_item_links: {
                    "expected_learning_item": make.ExpectedLearningItemFactory()
                },
                program.job_outlook_links: {"job_outlook_item": make.JobOutlookItemFactory()},
                program.faq_links: {"faq": make.FAQFactory()},
                program.corporate_endorsement_links: {
                    "corporate_endorsement": self._corporate_endorsement()
                },
                program.endorsement_links: {
                    "endorsement": make.EndorsementFactory(endorser=self.people[place])
                },
            }
            for links, target in told.items():
                links.create(sort_value=place, **target)
            make.CurriculumFactory(program=program)
        models.ProgramLocationRestriction.objects.create(program=program, countries=["AT"])
        subscription = models.ProgramSubscription.objects.create(program=program)
        for currency in Currency.objects.order_by("code")[: self.n]:
            subscription.prices.create(currency=currency, price=5)
        return program

    def _corporate_endorsement(self) -> Any:
        row = make.CorporateEndorsementFactory()
        first = not row.__class__.objects.exclude(pk=row.pk).exists()
        for place in range(self.n if first else 1):
            voice = make.EndorsementFactory(endorser=self.people[place])
            row.voice_links.create(endorsement=voice, sort_value=place)
        return row

    def _degree(self) -> Any:
        degree = self._program(make.DegreeFactory)
        for place in range(self.n):
            ranking = models.Ranking.objects.create(rank="1", description="D", source="S")
            degree.ranking_links.create(ranking=ranking, sort_value=place)
            field = models.Specialization.objects.create(value="S")
            degree.specialization_links.create(specialization=field, sort_value=place)
            degree.quick_facts.create(icon="fa-bell", text="T")
            degree.deadlines.create(semester="S", name="N", date="D", time="T")
            degree.costs.create(description="D", amount="$1")
        models.DegreeAdditionalMetadata.objects.create(
            degree=degree, external_url="https://example.com", external_identifier="x"
        )
        return degree

    def _curriculum(self) -> Any:
        courses = self._made(make.CourseFactory)
        curriculum = make.CurriculumFactory(
            program=self.degree, courses_in=courses, programs_in=self._made(make.ProgramFactory)
        )
        membership = curriculum.course_memberships.first()
        for _ in range(self.n):
            run = make.CourseRunFactory(course=membership.course)
            membership.exclusions.create(course_run=run)
        make.PathwayFactory(partner=self.partner, programs_in_order=self._made(make.ProgramFactory))
        return curriculum

    def _types(self) -> None:
        seat_types = [
            models.SeatType.objects.create(name=f"Kind {number}", slug=f"kind-{self.mark}-{number}")
            for number in range(self.n)
        ]
        modes = [
            models.Mode.objects.create(name=f"Mode {number}", slug=f"mode-{self.mark}-{number}")
            for number in range(self.n)
        ]
        tracks = [
            models.Track.objects.create(mode=mode, seat_type=seat_type)
            for mode, seat_type in zip(modes, seat_types, strict=True)
        ]
        run_types = [
            models.CourseRunType.objects.create(
                name=f"Type {number}", slug=f"type-{self.mark}-{number}"
            )
            for number in range(self.n)
        ]
        self.course_run_type = run_types[0]
        self.course_run_type.tracks.set(tracks)
        self.course_type = models.CourseType.objects.create(name="Rich", slug=f"rich-{self.mark}")
        self.course_type.entitlement_types.set(seat_types)
        self.course_type.white_listed_orgs.set(self.organizations)
        for place, run_type in enumerate(run_types):
            self.course_type.run_type_links.create(course_run_type=run_type, sort_value=place)
        self.program_type = make.ProgramTypeFactory(seat_types=[each.slug for each in seat_types])
        self.source = models.Source.objects.create(name="Rich", slug=f"rich-{self.mark}")
        for place in range(self.n):
            self.source.ofac_program_type_links.create(
                program_type=make.ProgramTypeFactory(), sort_value=place
            )
            models.OrganizationMapping.objects.create(
                organization=self.organizations[0], source=self.source,
                organization_external_key=f"key {place}",
            )  # fmt: skip
        self.organizations[0].tags.set([f"tag {number}" for number in range(self.n)])

    def _words(self) -> None:
        self.subject = make.SubjectFactory(partner=self.partner)
        self.topic = make.TopicFactory(partner=self.partner)
        self.level = make.LevelTypeFactory()
        self.language = models.LanguageTag.objects.create(
            code=f"tlh-{self.mark}", name="Klingon", name_t="Klingon"
        )
        for code in LANGUAGES[: self.n]:
            self.subject.translations.create(language_code=code, name=code)
            self.topic.translations.create(language_code=code, name=code)
            self.level.translations.create(language_code=code, name_t=f"{self.mark} {code}")
            self.language.translations.create(language_code=code, name_t=code)
            self.program_type.translations.create(language_code=code, name_t=f"{self.mark} {code}")
        vertical = models.Vertical.objects.create(
            name=f"Wide {self.mark}", slug=f"wide-{self.mark}"
        )
        subs = [
            vertical.sub_verticals.create(
                name=f"Narrow {self.mark} {number}", slug=f"narrow-{self.mark}-{number}"
            )
            for number in range(self.n)
        ]
        models.CourseVertical.objects.create(
            course=self.official_course, vertical=vertical, sub_vertical=subs[0]
        )
        models.ExternalKeyClaim.objects.create(
            scope="course", scope_uuid=self.course.uuid, run_uuid=self.run.uuid, key_folded="x"
        )
        make.CourseReviewFactory()
        models.CourseRecommendation.objects.create(
            course=self.official_course, recommended_course=make.CourseFactory()
        )
