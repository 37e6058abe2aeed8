"""Search: who answers, and under which names."""

from typing import Any

from course_discovery.settings.environment import env

# The URL of an Elasticsearch or OpenSearch; empty = the embedded engine on SEARCH_FILE.
SEARCH_URL = env("SEARCH_URL")
SEARCH_FILE = env("SEARCH_FILE")

# Existing deployments set `hosts` here instead of SEARCH_URL; SEARCH_URL wins where both are given.
ELASTICSEARCH_DSL: dict[str, dict[str, Any]] = {"default": {"hosts": ""}}

_DOCUMENTS = "course_discovery.apps.course_metadata.search_indexes.documents"
# The keys are the names that deployment tooling overrides, the values are the aliases.
ELASTICSEARCH_INDEX_NAMES = {
    f"{_DOCUMENTS}.{name}": name
    for name in ("course", "course_run", "learner_pathway", "person", "program")
}
ELASTICSEARCH_DSL_INDEX_SETTINGS: dict[str, Any] = {"number_of_shards": 1, "number_of_replicas": 1}
ELASTICSEARCH_DSL_INDEX_RETENTION_LIMIT = 3
# A rebuilt index whose size differs by this share or more is not taken into use.
INDEX_SIZE_CHANGE_THRESHOLD = 0.1
# How deep pages by number reach, and how many hits are fetched at once where all are wanted.
MAX_RESULT_WINDOW = 100_000
ELASTICSEARCH_DSL_QUERYSET_PAGINATION = 10_000
SEARCH_FACET_LIMIT = 10_000
# Seconds that a search server has for a whole answer, by what it is asked for. `index` is for
# writing, and for looking after indexes.
SEARCH_TIMEOUTS = {"health": 1.0, "index": 10.0, "search": 5.0, "typeahead": 1.0}
