"""What a search engine must answer: data in `cases/`, run on whichever engine is chosen.

Without an environment variable the embedded engine answers, on a file of its own for each case.
With `TEST_SEARCH_URL=http://127.0.0.1:9200` that server does. `-k term_level` runs one subject.
"""
