"""Who makes courses together with their authors."""

import uuid as uuids

from course_discovery.course_metadata.models import Collaborator
from course_discovery.course_metadata.operations.fitting import UnfitValue, fitting
from course_discovery.course_metadata.operations.picture import UNTOLD, Told, write_picture
from course_discovery.course_metadata.operations.running import (
    Outcome,
    Written,
    locked,
    operation,
    write_differences,
)


@operation
def create_or_update_collaborator(
    *,
    uuid: uuids.UUID | None = None,
    name: str | None = None,
    image: Told = UNTOLD,
) -> Written[Collaborator]:
    """The collaborator with this uuid, made when there is none; a new one needs a name.

    An `image` of None takes the stored one away. Raises UnfitValue.
    """
    columns = fitting(Collaborator, {} if name is None else {"name": name})
    if columns.get("name") == "":
        raise UnfitValue("name", "may not be empty")
    stored = locked(Collaborator.objects.filter(uuid=uuid)) if uuid else []
    if stored:
        changed = write_differences(stored[0], columns)
        changed |= write_picture(stored[0], "image", image)
        return Written(stored[0], Outcome.of(changed=changed))
    if not columns:
        raise UnfitValue("name", "a new collaborator needs one")
    made = Collaborator.objects.create(**({"uuid": uuid} if uuid else {}), **columns)
    write_picture(made, "image", image)
    return Written(made, Outcome.CREATED)
