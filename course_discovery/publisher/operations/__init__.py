"""What persons do: each asks a predicate of `roles` first, then calls down.

Who may not gets Django's PermissionDenied; what the catalog cannot take is a Refusal.

course_creating, course                 courses: drafts, made and edited
course_values, course_address           what is told of courses, and their addresses
collaborator, person, course_editor     the smaller things that course teams write
program                                 the card of a program
membership                              who leaves an organization loses its courses
organization_extension                  the rights of an organization's group
organization_user_role, publisher_role  roles that persons are given
invariants                              what of these holds whoever writes
"""
