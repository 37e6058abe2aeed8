"""Builds the analyzers that the settings of an index define."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import snowballstemmer

from search.engine.embedded.analysis.analyzer import (
    KEYWORD,
    LETTER,
    STANDARD,
    WHITESPACE,
    Analyzer,
    Tokenizer,
)
from search.engine.embedded.analysis.filters import (
    ENGLISH_STOP_WORDS,
    EdgeNgrams,
    Filter,
    Stemmer,
    ascii_folding,
    lowercase,
    stop_filter,
)
from search.engine.embedded.errors import RequestError

Settings = Mapping[str, Any]

_TOKENIZERS: dict[str, Tokenizer] = {
    "standard": STANDARD,
    "keyword": KEYWORD,
    "whitespace": WHITESPACE,
    "letter": LETTER,
}
BUILT_IN: dict[str, Analyzer] = {
    "standard": Analyzer(STANDARD, (lowercase,)),
    "keyword": Analyzer(KEYWORD),
    "simple": Analyzer(LETTER, (lowercase,)),
    "whitespace": Analyzer(WHITESPACE),
}
_ALGORITHMS = frozenset(snowballstemmer.algorithms())
MAX_GRAM = 255


def build_analyzers(analysis: Settings) -> dict[str, Analyzer]:
    """Return the built-in analyzers and those that `analysis` defines, by name.

    Raises RequestError for a type, parameter or reference that is not supported.
    """
    _only(analysis, {"analyzer", "filter", "char_filter", "tokenizer"}, "analysis")
    for kind in ("char_filter", "tokenizer"):
        if named := _definitions(analysis, kind):
            raise RequestError(f"Custom {kind} [{min(named)}] is not supported")
    filters = {
        name: _filter(name, definition)
        for name, definition in _definitions(analysis, "filter").items()
    }
    defined = {
        name: _analyzer(name, definition, filters)
        for name, definition in _definitions(analysis, "analyzer").items()
    }
    return {**BUILT_IN, **defined}


def _definitions(analysis: Settings, kind: str) -> Mapping[str, Settings]:
    """Return what is defined of a kind, by name."""
    found = analysis.get(kind) or {}
    if not isinstance(found, Mapping):
        raise RequestError(f"[{kind}] of the analysis settings must be an object")
    for name, definition in found.items():
        if not isinstance(definition, Mapping):
            raise RequestError(f"{kind} [{name}] must be an object")
    return found


def _analyzer(name: str, definition: Settings, filters: Mapping[str, Filter]) -> Analyzer:
    where = f"analyzer [{name}]"
    kind = str(definition.get("type", "custom"))
    if kind in BUILT_IN:
        _only(definition, {"type"}, where)
        return BUILT_IN[kind]
    if kind != "custom":
        raise RequestError(f"Unknown analyzer type [{kind}] for [{name}]")
    _only(definition, {"type", "tokenizer", "char_filter", "filter"}, where)
    tokenizer = str(definition.get("tokenizer"))
    if tokenizer not in _TOKENIZERS:
        raise RequestError(f"{where} has no supported tokenizer: [{tokenizer}]")
    char_filters = _listed(definition.get("char_filter", []))
    if unknown := set(char_filters) - {"html_strip"}:
        raise RequestError(f"{where} failed to find char_filter {sorted(unknown)}")
    chain = tuple(
        _named_filter(where, filter_name, filters)
        for filter_name in _listed(definition.get("filter", []))
    )
    return Analyzer(_TOKENIZERS[tokenizer], chain, bool(char_filters))


def _named_filter(where: str, name: str, filters: Mapping[str, Filter]) -> Filter:
    if name in filters:
        return filters[name]
    if name not in _FILTERS:
        raise RequestError(f"{where} failed to find filter [{name}]")
    return _FILTERS[name](name, {})


def _filter(name: str, definition: Settings) -> Filter:
    kind = str(definition.get("type"))
    if kind not in _FILTERS:
        raise RequestError(f"Unknown filter type [{kind}] for [{name}]")
    return _FILTERS[kind](name, {key: definition[key] for key in definition if key != "type"})


def _lowercase(name: str, options: Settings) -> Filter:
    _only(options, set(), f"filter [{name}]")
    return lowercase


def _ascii_folding(name: str, options: Settings) -> Filter:
    _only(options, set(), f"filter [{name}]")
    return ascii_folding


def _stop(name: str, options: Settings) -> Filter:
    _only(options, {"stopwords"}, f"filter [{name}]")
    listed = _listed(options.get("stopwords", "_english_"))
    if listed == ["_english_"]:
        return stop_filter(ENGLISH_STOP_WORDS)
    if any(word.startswith("_") and word != "_none_" for word in listed):
        raise RequestError(f"filter [{name}] does not support the stop words {listed}")
    return stop_filter(frozenset(listed) - {"_none_"})


def _snowball(name: str, options: Settings) -> Filter:
    _only(options, {"language"}, f"filter [{name}]")
    language = str(options.get("language", "English"))
    if language.lower() not in _ALGORITHMS:
        raise RequestError(f"Invalid stemmer class specified: {language}")
    return _stemmer(language.lower())


@cache
def _stemmer(algorithm: str) -> Stemmer:
    """Every index shares the stems that a stemmer remembers."""
    return Stemmer(algorithm)


def _edge_ngram(name: str, options: Settings) -> Filter:
    _only(options, {"min_gram", "max_gram"}, f"filter [{name}]")
    shortest = integer(options.get("min_gram", 1), "min_gram")
    longest = integer(options.get("max_gram", 2), "max_gram")
    if not 1 <= shortest <= longest <= MAX_GRAM:
        raise RequestError(f"filter [{name}] needs 1 <= min_gram <= max_gram <= {MAX_GRAM}")
    return EdgeNgrams(shortest, longest)


_FILTERS: dict[str, Callable[[str, Settings], Filter]] = {
    "lowercase": _lowercase,
    "asciifolding": _ascii_folding,
    "stop": _stop,
    "snowball": _snowball,
    "edge_ngram": _edge_ngram,
}


def integer(value: Any, name: str) -> int:
    """Return a setting that may be written as text; raises RequestError if it is no integer."""
    try:
        return int(str(value))
    except ValueError:
        raise RequestError(f"Failed to parse value [{value}] for setting [{name}]") from None


def _listed(value: Any) -> list[str]:
    if isinstance(value, str):
        return [part.strip() for part in value.split(",")]
    if isinstance(value, list):
        return [str(item) for item in value]
    raise RequestError(f"Expected a list of names but got [{value}]")


def _only(found: Any, known: set[str], where: str) -> None:
    if not isinstance(found, Mapping):
        raise RequestError(f"[{where}] must be an object")
    if unknown := found.keys() - known:
        raise RequestError(f"{where} does not support [{', '.join(sorted(unknown))}]")
