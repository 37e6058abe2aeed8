"""How the admin writes what something takes."""

from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learner_pathway.models import LearnerPathwayStep
from learner_pathway.queries.estimate import Estimates
from learner_pathway.queries.workload import NOTHING, Workload


def workload_text(workload: Workload) -> str:
    """The hours altogether and the hours a week, such as `30-50 h (40 h), 2-6 h a week`."""
    if workload.least_hours == workload.most_hours:
        text = _("%(hours)g h") % {"hours": workload.hours}
    else:
        text = _("%(least)g-%(most)g h (%(hours)g h)") % {
            "least": workload.least_hours,
            "most": workload.most_hours,
            "hours": workload.hours,
        }
    least, most = workload.least_effort, workload.most_effort
    if least is None and most is None:
        return text
    span = str(least if most is None else most)
    if None not in (least, most) and least != most:
        span = f"{least}-{most}"
    return _("%(hours)s, %(span)s h a week") % {"hours": text, "span": span}


def nodes_text(step: LearnerPathwayStep, estimates: Estimates) -> str:
    """The nodes of a step, a line for each, and how many are required."""
    courses = [(node, str(node.course)) for node in step.course_nodes.all()]
    programs = [(node, str(node.program)) for node in step.program_nodes.all()]
    timed = [
        f"{name} ({workload_text(estimates.nodes.get(node.uuid, NOTHING))})"
        for node, name in [*courses, *programs]
    ]
    lines = [*timed, *(node.block_id for node in step.block_nodes.all())]
    required = ngettext(
        "%(required)d of %(count)d node is required:",
        "%(required)d of %(count)d nodes are required:",
        len(lines),
    ) % {"required": step.min_requirement, "count": len(lines)}
    return format_html_join("", "{}<br>", ([line] for line in (required, *lines)))
