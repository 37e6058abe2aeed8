"""How texts become words. Synonyms are no part of it: they are expanded in queries."""

from elasticsearch.dsl import Field, Keyword, Text, analyzer, token_filter

html_strip = analyzer(
    "html_strip",
    tokenizer="standard",
    char_filter=["html_strip"],
    filter=["lowercase", "stop", "snowball"],
)
# As html_strip, but stop words count: titles are made of them.
catalog_text = analyzer(
    "catalog_text",
    tokenizer="standard",
    char_filter=["html_strip"],
    filter=["lowercase", "snowball"],
)
edge_ngram_completion = analyzer(
    "edge_ngram_completion",
    tokenizer="standard",
    filter=[
        "lowercase",
        token_filter("edge_ngram_completion_filter", type="edge_ngram", min_gram=2, max_gram=22),
    ],
)
case_insensitive_keyword = analyzer(
    "case_insensitive_keyword", tokenizer="keyword", filter=["lowercase"]
)


def raw() -> dict[str, Field]:
    """The sub-field `.raw`: the value as it is, for facets and exact matches."""
    return {"raw": Keyword()}


def lower() -> dict[str, Field]:
    """The sub-field `.lower`: the whole value, whatever its case."""
    return {"lower": Text(analyzer=case_insensitive_keyword)}


def completion() -> dict[str, Field]:
    """The sub-field that finds words by their beginning."""
    return {"edge_ngram_completion": Text(analyzer=edge_ngram_completion)}
