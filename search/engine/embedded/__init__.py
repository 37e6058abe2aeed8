"""A search engine in this process, on one SQLite file, behind the official client.

It answers a closed part of Elasticsearch's REST API (8.17) in its shapes. A route, parameter, key,
query, aggregation, analyzer, mapping type or setting that is not listed here is an error (400) that
names it; nothing is passed over in silence.

Indexes: create, delete, exists, get; get and put of settings and mappings; refresh (which does
nothing: what is written can be found at once); aliases, one by one or several actions together;
`_cat/indices`, `_cat/aliases`, `_cluster/health`, `_nodes`.
Settings: number_of_shards and number_of_replicas (without effect), max_result_window,
refresh_interval (without effect), analysis.
Analyzers: standard, keyword, simple, whitespace, and custom ones of the tokenizers standard,
keyword, whitespace and letter, `html_strip`, and the filters lowercase, asciifolding, stop,
snowball and edge_ngram.
Mappings: keyword, text, date, integer, long, float, double, boolean, completion (kept, never
searched), object, nested; subfields; dynamic true, false and strict.
Documents: index, create, get, delete, `_bulk` (not update), `_mget`; external versions.
Searches: `_search`, `_msearch`, `_count`, `_explain`, `_validate/query`, with sort, search_after,
post_filter, highlight, `_source` filters, min_score.
Queries: bool, dis_max, constant_score, function_score (weights, one gauss on a date), nested, term,
terms, range, exists, ids, prefix, wildcard, match, match_phrase, multi_match (best_fields, phrase),
query_string, match_all, match_none.
Aggregations: terms, filter, filters, missing, cardinality (exact), min, max.

Hits, totals, counts, orders and pages are those of a real server. Scores follow the same formula
but are not promised to be equal. An error is reported even where a server would not notice it
because another part of the query finds nothing.

How it works: `api` reads requests; `queries` and `searching` run them on one index at a time, as
operations on sets of document numbers; `storage` holds documents, and finds them by segments:
terms with the places where they occur, and columns of values, which never change once written.
Several processes and threads may read and write the same file. It is meant for some 20,000
documents an index.
"""
