"""A catalog feed, line by line: reading it, holding it, writing each kind of line.

lines          one line, checked against the schema
reading        the lines of a document, checked; a key that comes twice
spool          checked lines on disk, so that what is used comes before what uses it
kinds          what the catalog does with each kind of line
organization, logo, vocabulary, person, course, course_run, staff, program (degrees too),
curriculum, pathway    the kinds
values         prices and times as the catalog takes them
"""
