"""The catalog explorer: pages for people who look for a course.

- `urls`, `views` the pages; `answering` what all of them have: headers, and pages for failures
- `selection` what a visitor chose, and the addresses of other choices
- `searching` the hits and facets of a selection
- `public` what anybody may see
- `cards`, `runs`, `html` what pages show of courses, programs and runs
- `course`, `program` what the page of one of them shows

Everything is rendered here; the only script suggests while somebody types.
"""
