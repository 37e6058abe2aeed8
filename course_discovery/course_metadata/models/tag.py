"""Tags, and what they are put on."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from course_discovery.core.changes.logged import LoggedManager, LoggedModel
from course_discovery.course_metadata.models.base import TimeStampedModel
from course_discovery.course_metadata.models.course import Course
from course_discovery.course_metadata.models.course_run import CourseRun
from course_discovery.course_metadata.models.organization import Organization
from course_discovery.course_metadata.models.product_meta import ProductMeta
from course_discovery.course_metadata.models.program import Program


class Tag(TimeStampedModel, TagBase):  # type: ignore[misc] # taggit ships no types
    """A word that anything can be tagged with."""

    objects: ClassVar[LoggedManager["Tag"]] = LoggedManager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ("name",)


class _Tagged(LoggedModel, ItemBase):  # type: ignore[misc] # taggit ships no types
    """That something has a tag."""

    objects: ClassVar[LoggedManager[Self]] = LoggedManager()

    class Meta:
        abstract = True
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.content_object_id}: {self.tag_id}"


class CourseTopic(_Tagged):
    """A topic of a course."""

    content_object = models.ForeignKey(Course, models.CASCADE, related_name="topic_links")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="course_topics")

    class Meta(_Tagged.Meta):
        verbose_name = _("topic of a course")
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="course_topic")
        ]


class CourseRunTag(_Tagged):
    """A tag of a run."""

    content_object = models.ForeignKey(CourseRun, models.CASCADE, related_name="tag_links")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="course_run_tags")

    class Meta(_Tagged.Meta):
        verbose_name = _("tag of a run")
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="course_run_tag")
        ]


class OrganizationTag(_Tagged):
    """A tag of an organization."""

    content_object = models.ForeignKey(Organization, models.CASCADE, related_name="tag_links")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="organization_tags")

    class Meta(_Tagged.Meta):
        verbose_name = _("tag of an organization")
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="organization_tag")
        ]


class ProductMetaKeyword(_Tagged):
    """A keyword of a product's page."""

    content_object = models.ForeignKey(ProductMeta, models.CASCADE, related_name="keyword_links")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="product_meta_keywords")

    class Meta(_Tagged.Meta):
        verbose_name = _("keyword of a product")
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="product_meta_keyword")
        ]


class ProgramLabel(_Tagged):
    """A label of a program."""

    content_object = models.ForeignKey(Program, models.CASCADE, related_name="label_links")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="program_labels")

    class Meta(_Tagged.Meta):
        verbose_name = _("label of a program")
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="program_label")
        ]
