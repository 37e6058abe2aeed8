"""Changes of the catalog, each one a function: its invariants hold whoever calls.

An operation is keyword-only, one transaction, writes nothing when nothing changes, and tells what
it did (`running.Outcome`). Values are given as dictionaries: a key that is absent leaves what is
stored alone, None clears it. What cannot be taken raises a `running.Refusal`, and nothing of the
operation is written.

running                one transaction, run again when another process was faster
fitting, slug          what is done to values before they are stored
course_run_key         what a run's key says
organization, subject, level_type, language_tag, source, video     what courses refer to
course, course_values, course_link, course_entitlement, course_url_slug    a course and its parts
course_run, course_run_values, seat, restricted_course_run                 a run and its parts
offer                  what seats and entitlements have in common
data_modified          when the data of a course last changed
course_type            finding the type of courses and runs that have none
"""
