"""Fixtures of the publisher's tests."""

from course_discovery.publisher.tests.stand_ins import platform, told_partner

__all__ = ["platform", "told_partner"]
