"""Learner pathways: steps of courses, programs and blocks that lead to a goal (decision 16).

A pathway has steps, a step has nodes, and a node stands for one course, program or block of a
course. A learner completes as many nodes of a step as it requires. A pathway is offered to all, or
to what its scopes name. Learners' progress is the platform's.

- `models` what a pathway is
- `queries` which pathways are listed, what hangs on them, how long they take
- `operations` storing and deleting whole pathways
- `admin` pages for curators
"""
