"""Why something of the catalog is shown or not: conditions on rows, each with the fact behind it.

A condition is one filter of rows. Lists and indexes filter by it, and an explanation asks the
database whether it holds for a row, so the two cannot disagree.

- `conditions` what conditions are, and how a row is judged by them
- `course`, `course_run`, `program` the conditions, and by which of them each place shows things
"""
