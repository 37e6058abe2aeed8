from datetime import UTC, datetime
from typing import Any

import pytest

from course_discovery.core.changes.models import Change
from course_discovery.course_metadata.models import (
    LanguageTag,
    LevelType,
    Organization,
    Source,
    Subject,
    Video,
)
from course_discovery.course_metadata.operations.fitting import UnfitValue
from course_discovery.course_metadata.operations.language_tag import (
    create_or_update_language_tag,
    language_tag_differs,
)
from course_discovery.course_metadata.operations.level_type import (
    create_or_update_level_type,
    level_type_differs,
)
from course_discovery.course_metadata.operations.organization import (
    create_or_update_organization,
    organization_differs,
    set_organization_logo,
)
from course_discovery.course_metadata.operations.running import Outcome
from course_discovery.course_metadata.operations.source import get_or_create_source
from course_discovery.course_metadata.operations.subject import (
    create_or_update_subject,
    subject_differs,
)
from course_discovery.course_metadata.operations.video import create_or_update_video
from course_discovery.course_metadata.tests.factories import PartnerFactory

NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)
LATER = datetime(2027, 1, 11, 12, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n" + b"picture"
CREATED, UPDATED, UNCHANGED = Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_organization_is_made_found_without_case_and_updated() -> None:
    partner = PartnerFactory.create()
    make = create_or_update_organization
    made = make(partner=partner, key="edX.org_1", now=NOW)
    assert made.outcome is CREATED
    assert (made.row.name, made.row.slug) == ("edX.org_1", "edxorg_1")
    changes = Change.objects.count()
    same = make(partner=partner, key="EDX.ORG_1", values={"name": " edX.org_1 "}, now=LATER)
    assert (same.row, same.outcome, Change.objects.count()) == (made.row, UNCHANGED, changes)
    told: Any = {"name": "edX", "homepage_url": "https://edx.example.org", "description": ""}
    assert organization_differs(made.row, told)
    assert make(partner=partner, key="edx.org_1", values=told, now=LATER).outcome is UPDATED
    row = Organization.objects.get()
    assert (row.key, row.name, row.slug) == ("edX.org_1", "edX", "edxorg_1")
    assert (row.description, row.data_modified_timestamp) == (None, LATER)
    assert not organization_differs(row, told)
    assert make(partner=PartnerFactory.create(), key="edX.org_1", now=NOW).outcome is CREATED


@pytest.mark.parametrize(
    "values",
    [{"name": ""}, {"name": "x" * 256}, {"homepage_url": "ftp://x"}, {"name": "a\x00"}],
)
def test_unfit_organization_is_refused(values: Any) -> None:
    with pytest.raises(UnfitValue):
        create_or_update_organization(
            partner=PartnerFactory.create(), key="edX", values=values, now=NOW
        )
    assert not Organization.objects.exists()


def test_logo_is_stored_when_it_is_another_picture() -> None:
    organization = create_or_update_organization(
        partner=PartnerFactory.create(), key="edX", now=NOW
    ).row
    written = set_organization_logo(organization=organization, content=PNG, now=LATER)
    assert (written.outcome, written.row.data_modified_timestamp) == (UPDATED, LATER)
    row = Organization.objects.get()
    with row.logo_image.open() as file:
        assert file.read() == PNG
    name, changes = row.logo_image.name, Change.objects.count()
    again = set_organization_logo(organization=row, content=PNG, now=LATER)
    assert (again.outcome, Change.objects.count()) == (UNCHANGED, changes)
    assert set_organization_logo(organization=row, content=PNG + b"2", now=NOW).outcome is UPDATED
    assert Organization.objects.get().logo_image.name != name
    cleared = set_organization_logo(organization=row, content=None, now=NOW)
    assert (cleared.outcome, bool(Organization.objects.get().logo_image)) == (UPDATED, False)
    cleared = set_organization_logo(organization=row, content=None, now=NOW)
    assert cleared.outcome is UNCHANGED
    with pytest.raises(UnfitValue):
        set_organization_logo(organization=row, content=b"<svg onload=alert(1)>", now=NOW)


def test_subject_keeps_languages_that_are_not_told() -> None:
    partner = PartnerFactory.create()
    make = create_or_update_subject
    with pytest.raises(UnfitValue, match="needs one"):
        make(partner=partner, slug="math", values={})
    told: Any = {"name": {"en": "Math", "pt_BR": "Matemática"}, "subtitle": "Numbers"}
    assert make(partner=partner, slug="Math", values=told).outcome is CREATED
    row = Subject.objects.get()
    assert row.slug == "math"
    assert not subject_differs(row, told)
    changes = Change.objects.count()
    assert make(partner=partner, slug="math", values=told).outcome is UNCHANGED
    assert Change.objects.count() == changes
    new: Any = {"name": {"en": "Mathematics"}, "card_image_url": "https://x.example.com/1.png"}
    assert subject_differs(row, new)
    assert make(partner=partner, slug="math", values=new).outcome is UPDATED
    texts = {
        t.language_code: (t.name, t.subtitle) for t in Subject.objects.get().translations.all()
    }
    assert texts == {"en": ("Mathematics", "Numbers"), "pt-br": ("Matemática", None)}


def test_level_is_known_by_its_name_in_the_default_language() -> None:
    name = {"fr": "Débutant", "en": "Introductory"}
    assert create_or_update_level_type(name=name, sort_value=1).outcome is CREATED
    row = LevelType.objects.get()
    assert (row.name, row.sort_value) == ("Introductory", 1)
    assert create_or_update_level_type(name=name).outcome is UNCHANGED
    assert not level_type_differs(row, name, 1)
    assert level_type_differs(row, name, 2)
    assert create_or_update_level_type(name="introductory", sort_value=2).outcome is UPDATED
    with pytest.raises(UnfitValue, match="another level"):
        create_or_update_level_type(name={"en": "Other", "fr": "débutant"})
    with pytest.raises(UnfitValue):
        create_or_update_level_type(name="")
    assert LevelType.objects.count() == 1


def test_language_gets_names_but_keeps_its_own() -> None:
    stored = LanguageTag.objects.get(code="es-419")
    before = stored.name
    told = {"en": "Spanish (Latin America)", "es": "Español"}
    assert language_tag_differs(stored, told)
    assert create_or_update_language_tag(code="ES-419", name=told).outcome is UPDATED
    assert create_or_update_language_tag(code="es-419", name=told).outcome is UNCHANGED
    stored = LanguageTag.objects.get(code="es-419")
    assert stored.name == before
    assert not language_tag_differs(stored, told)
    assert create_or_update_language_tag(code="tlh", name="Klingon").outcome is CREATED
    assert LanguageTag.objects.get(code="tlh").name == "Klingon"


def test_source_and_video_are_made_once() -> None:
    assert get_or_create_source(slug="edx", name="edX").outcome is CREATED
    assert get_or_create_source(slug="EDX", name="Other").outcome is UNCHANGED
    assert Source.objects.get().name == "edX"
    src = "https://v.example.com/1"
    assert create_or_update_video(values={"src": src}).outcome is CREATED
    assert create_or_update_video(values={"src": src}).outcome is UNCHANGED
    told: Any = {"src": src, "description": "Look"}
    assert create_or_update_video(values=told).outcome is UPDATED
    assert create_or_update_video(values={"src": src}).outcome is UNCHANGED
    assert Video.objects.get().description == "Look"
    with pytest.raises(UnfitValue, match="video"):
        create_or_update_video(values={"src": "x" * 300})
