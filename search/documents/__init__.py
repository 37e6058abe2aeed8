"""What can be found: one declaration for each kind of thing, and where it is kept.

- `course`, `course_run`, `program`, `person`, `learner_pathway` the documents: their fields, which
  rows have one, how it is made
- `rows` the result rows that a document carries, so that a hit is served without the database
- `kinds` the list of them
- `connection` the client of this process and what its failures mean
"""
