"""The picture on a program's card."""

from datetime import datetime

from django.core.files.base import File

from course_discovery.course_metadata.models import Program
from course_discovery.course_metadata.operations.data_modified import touch_program
from course_discovery.course_metadata.operations.picture import write_picture
from course_discovery.course_metadata.operations.running import locked, operation


@operation
def set_program_card_image(*, program: Program, image: File[bytes], now: datetime) -> None:
    """Give the program's card another picture. Raises UnfitValue for a file that is none."""
    for row in locked(Program.objects.filter(pk=program.pk)):
        write_picture(row, "card_image", image)
        touch_program(program=row, now=now)
