"""Blocks: a usage key, and the course that it is of."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from course_discovery.course_metadata.tests.factories import CourseFactory
from learner_pathway.models import LearnerPathwayBlock
from learner_pathway.models.learner_pathway_node import (
    course_key_of_block,
    is_block_of,
    validate_block_id,
)
from learner_pathway.tests.factories import LearnerPathwayStepFactory

BLOCK = "block-v1:NorthU+PHY101+1T2030+type@video+block@intro"


@pytest.mark.parametrize("key", [BLOCK, "i4x://NorthU/PHY101/video/intro"])
def test_usage_keys_say_their_course(key: str) -> None:
    validate_block_id(key)
    assert course_key_of_block(key) == "NorthU+PHY101"


@pytest.mark.parametrize(
    "text",
    [
        "", "zzz", "NorthU+PHY101", "course-v1:NorthU+PHY101+1T2030",
        "block-v1:NorthU+PHY101+1T2030+type@video", "lb:NorthU:lib:html:x",
        "lib-block-v1:NorthU+lib+type@html+block@x", f"{BLOCK} ", "\x00",
    ],
)  # fmt: skip
def test_other_texts_are_no_blocks_of_courses(text: str) -> None:
    with pytest.raises(ValidationError):
        validate_block_id(text)


@given(st.text())
def test_any_text_is_taken_or_refused(text: str) -> None:
    try:
        validate_block_id(text)
    except ValidationError:
        return
    assert "+" in course_key_of_block(text)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"key": "NorthU+PHY101"}, True),
        ({"key": "northu+phy101"}, True),
        ({"key": "NorthU+OLD", "key_for_reruns": "NorthU+PHY101"}, True),
        ({"key": "NorthU+PHY102"}, False),
    ],
)
def test_a_block_is_of_the_course_that_its_key_names(
    values: dict[str, Any], expected: bool
) -> None:
    course = CourseFactory(**values)
    assert is_block_of(BLOCK, course) is expected
    block = LearnerPathwayBlock(step=LearnerPathwayStepFactory(), course=course, block_id=BLOCK)
    if expected:
        block.full_clean()
    else:
        with pytest.raises(ValidationError) as refusal:
            block.full_clean()
        assert list(refusal.value.message_dict) == ["block_id"]
