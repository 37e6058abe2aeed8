"""Changes of the catalog, each one a function: its invariants hold whoever calls.

An operation is keyword-only, one transaction, writes nothing when nothing changes, and tells what
it did (`running.Outcome`). Values are given as dictionaries: a key that is absent leaves what is
stored alone, None clears it. What cannot be taken raises a `running.Refusal`, and nothing of the
operation is written.

running                one transaction, run again when another process was faster
fitting, slug          what is done to values before they are stored
references, ordered    the rows that values name; lists of rows, told whole
course_run_key         what a run's key says
organization, subject, level_type, language_tag, source, video     what courses refer to
topic, image, collaborator, geolocation, tag                       and what else is known once
picture                uploaded pictures of rows
course, course_values, course_link, course_entitlement             a course and its parts
course_url_slug, course_url_redirect, course_rerun_key             what a course is found by
course_product, additional_metadata                                a course as a product
course_run, course_run_values, course_run_staff, seat, restricted_course_run    a run and its parts
offer, planned_offer   what seats and entitlements have in common; what course teams sell
drafts, twin, nested   the drafts of official rows, and what the two have in common
publication, course_run_status, archiving          letting the world see it, and no more
person, person_part    people, with positions and addresses
program, program_values, program_link, program_slug, endorsement, product    a program, its parts
program_card           the picture on a program's card
degree, curriculum, pathway                                        what is made of programs
invariants             what must hold whoever writes: the three below, and pathways' partners
subscription, external_key, curriculum_state
data_modified          when the data of a course or a program last changed
course_type            finding the type of courses and runs that have none
"""
