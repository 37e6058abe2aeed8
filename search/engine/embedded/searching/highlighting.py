"""Marks, in the texts of a hit, the words that the query found."""

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from search.engine.embedded.analysis.analyzer import Analyzer
from search.engine.embedded.analysis.settings import BUILT_IN
from search.engine.embedded.body import Body
from search.engine.embedded.errors import ParsingError
from search.engine.embedded.mapping.fields import Field
from search.engine.embedded.queries.base import Context, Mark

Span = tuple[int, int]


@dataclass(frozen=True)
class Style:
    """How a field is shown: whole (`fragments` 0), or in pieces of about `size` characters."""

    before: str = "<em>"
    after: str = "</em>"
    fragments: int = 5
    size: int = 100
    escapes_html: bool = False
    wants_own_field: bool = True


@dataclass(frozen=True)
class Highlighter:
    """The fields to highlight, each with its style; names may have stars."""

    styles: tuple[tuple[str, Style], ...]

    def highlight(
        self, context: Context, marks: Sequence[Mark], source: dict[str, Any]
    ) -> dict[str, list[str]]:
        """Return the marked pieces of each field in which something is marked."""
        shown: dict[str, list[str]] = {}
        for pattern, style in self.styles:
            for field in context.index.mapping.matching(pattern):
                if field.name in shown or not field.has_terms:
                    continue
                own = [
                    mark for mark in marks if mark.field == field.name or not style.wants_own_field
                ]
                pieces = list(_pieces(context, field, style, own, source)) if own else []
                limit = style.fragments or len(pieces)
                if pieces:
                    shown[field.name] = pieces[:limit]
        return shown


def _pieces(
    context: Context, field: Field, style: Style, marks: Sequence[Mark], source: dict[str, Any]
) -> Iterator[str]:
    analyzer = BUILT_IN["keyword"]
    if field.type == "text":
        analyzer = context.index.mapping.analyzers[field.analyzer]
    for text in _texts(source, field.name.split(".")):
        spans = _marked(analyzer, text, marks)
        if not spans:
            continue
        if not style.fragments:
            yield _show(text, (0, len(text)), spans, style)
            continue
        for start, end in _cut(analyzer, text, spans, style.size):
            inside = [span for span in spans if start <= span[0] < end]
            if inside:
                yield _show(text, (start, end), inside, style)


def _texts(value: Any, path: list[str]) -> Iterator[str]:
    """Yield the texts at a path of a document; what is left of the path names a subfield."""
    if isinstance(value, list):
        for item in value:
            yield from _texts(item, path)
    elif isinstance(value, dict):
        if path:
            yield from _texts(value.get(path[0]), path[1:])
    elif isinstance(value, str) and len(path) < 2:
        yield value


def _marked(analyzer: Analyzer, text: str, marks: Sequence[Mark]) -> list[Span]:
    """Return the stretches of a text to be marked, in order."""
    terms: dict[int, set[str]] = {}
    for term, position in zip(*analyzer.analyze(text).terms, strict=True):
        terms.setdefault(position, set()).add(term)
    places = set()
    for mark in marks:
        for start in terms:
            if _matches(mark, terms, start):
                places |= {start + offset for offset, words in enumerate(mark.words) if words}
    spans = analyzer.spans(text) if places else []
    return [spans[place] for place in sorted(places)]


def _matches(mark: Mark, terms: dict[int, set[str]], start: int) -> bool:
    if mark.is_prefix:
        (prefixes,) = mark.words
        return any(term.startswith(tuple(prefixes)) for term in terms[start])
    return all(
        not words or not words.isdisjoint(terms.get(start + offset, ()))
        for offset, words in enumerate(mark.words)
    )


def _cut(analyzer: Analyzer, text: str, spans: Sequence[Span], size: int) -> Iterator[Span]:
    """Yield pieces of a text of about a size, cut between words."""
    start = 0
    for word_start, word_end in analyzer.spans(text):
        if word_end - start > size and word_start > start:
            yield start, word_start
            start = word_start
    yield start, len(text)


def _show(text: str, piece: Span, spans: Iterable[Span], style: Style) -> str:
    def plain(part: str) -> str:
        return html.escape(part) if style.escapes_html else part

    at, end = piece
    parts: list[str] = []
    for start, stop in spans:
        parts += (plain(text[at:start]), style.before, plain(text[start:stop]), style.after)
        at = stop
    parts.append(plain(text[at:end]))
    return "".join(parts).strip()


def parse_highlight(body: Any) -> Highlighter:
    """Read `highlight`."""
    options = Body("highlight", body)
    fields = options.take("fields")
    style = _style(options, Style())
    options.done()
    listed = fields if isinstance(fields, list) else [fields]
    styles = []
    for group in listed:
        if not isinstance(group, dict):
            raise ParsingError("[fields] of [highlight] must be an object")
        for name, inner in group.items():
            own = Body("highlight", inner)
            styles.append((name, _style(own, style)))
            own.done()
    return Highlighter(tuple(styles))


def _style(options: Body, default: Style) -> Style:
    options.choice("type", ("plain", "unified"), "unified")
    before = options.listed("pre_tags", default.before)
    after = options.listed("post_tags", default.after)
    if not all(isinstance(tag, str) for tag in (*before, *after)) or not before or not after:
        raise ParsingError("[pre_tags] and [post_tags] of [highlight] must be texts")
    encoder = "html" if default.escapes_html else "default"
    return replace(
        default,
        before=before[0],
        after=after[0],
        fragments=options.integer("number_of_fragments", default.fragments),
        size=options.integer("fragment_size", default.size),
        escapes_html=options.choice("encoder", ("default", "html"), encoder) == "html",
        wants_own_field=options.flag("require_field_match", default.wants_own_field),
    )
