"""Measures the embedded search engine on a made-up catalog.

    python -m benchmarks.embedded_search [--courses 20000]

It writes the processor time of requests (median and maximum of 50), which other work on the same
machine changes little, and counts the same for a loop of a million turns, to compare machines.
"""

import argparse
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch, helpers

from search.engine.client import build_client

KEYWORD = {"type": "keyword"}
DATE = {"type": "date"}
STEMMED = {"type": "text", "analyzer": "stemmed"}
HTML = {"type": "text", "analyzer": "html", "fields": {"raw": KEYWORD}}
BEGINNINGS = {"type": "text", "analyzer": "beginnings", "search_analyzer": "simple"}

SETTINGS = {
    "analysis": {
        "filter": {"beginning": {"type": "edge_ngram", "min_gram": 2, "max_gram": 22}},
        "analyzer": {
            "html": {
                "tokenizer": "standard",
                "char_filter": ["html_strip"],
                "filter": ["lowercase", "stop", "snowball"],
            },
            "stemmed": {
                "tokenizer": "standard",
                "char_filter": ["html_strip"],
                "filter": ["lowercase", "snowball"],
            },
            "beginnings": {"tokenizer": "standard", "filter": ["lowercase", "beginning"]},
        },
    }
}
MAPPINGS = {
    "properties": {
        "key": {"type": "text", "fields": {"raw": KEYWORD}},
        "title": {**STEMMED, "fields": {"beginnings": BEGINNINGS}},
        "short_description": HTML,
        "full_description": HTML,
        "text": STEMMED,
        "organizations": {**HTML, "fields": {"raw": KEYWORD, "beginnings": BEGINNINGS}},
        "organization_bodies": {"type": "text"},
        "subjects": HTML,
        "level_type": HTML,
        "image_url": {"type": "text"},
        "languages": KEYWORD,
        "seat_types": KEYWORD,
        "course_runs": KEYWORD,
        "skill_names": KEYWORD,
        "status": KEYWORD,
        "aggregation_key": KEYWORD,
        "uuid": KEYWORD,
        "start": DATE,
        "end": DATE,
        "modified": DATE,
        "price": {"type": "integer"},
        "published": {"type": "boolean"},
        "skills": {
            "type": "nested",
            "properties": {"name": {"type": "text"}, "description": {"type": "text"}},
        },
    }
}
FACETS = (
    "subjects.raw",
    "level_type.raw",
    "languages",
    "organizations.raw",
    "seat_types",
    "status",
)


class Catalog:
    """Makes courses of words that are as unevenly common as those of a language."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        syllables = ("ma", "chi", "ne", "lear", "ning", "da", "ta", "sci", "en", "ce", "ro", "bo")
        self.words = ["".join(self._random.choices(syllables, k=3)) + str(i) for i in range(8000)]
        self._weights = list(accumulate(1 / (i + 3) for i in range(len(self.words))))
        self._organizations = [f"Org{i}X: {self._text(3).title()} University" for i in range(150)]
        self._bodies = [f'{{"name": "{self._text(90)}"}}' for _ in self._organizations]

    def courses(self, number: int) -> Iterator[dict[str, Any]]:
        """Yield courses."""
        for i in range(number):
            yield self.course(i)

    def course(self, i: int) -> dict[str, Any]:
        """Return one course, with about 450 words in all."""
        pick = self._random
        title, short, full = self._text(8).title(), self._text(15), self._text(70)
        organization = pick.randrange(len(self._organizations))
        start = 1_500_000_000_000 + pick.randrange(400_000_000) * 1000
        skills = [f"Skill {pick.randrange(300)}" for _ in range(3)]
        return {
            "key": f"Org{organization}X+C{i}",
            "title": title,
            "short_description": f"<p>{short}</p>",
            "full_description": f"<p>{full[:300]}</p><ul><li>{full[300:]}</li></ul>",
            "text": f"{title}\n{short}\n{full}\n{self._text(100)}",
            "organizations": [self._organizations[organization]],
            "organization_bodies": [self._bodies[organization]],
            "subjects": [f"Subject {pick.randrange(30)}", f"Subject {pick.randrange(30)}"],
            "level_type": pick.choice(("Introductory", "Intermediate", "Advanced", None)),
            "image_url": f"/media/course/image/{i:032x}.small.png",
            "languages": pick.choice((["English"], ["English", "Spanish"], ["French"])),
            "seat_types": pick.choice((["audit"], ["audit", "verified"], ["professional"])),
            "course_runs": [f"course-v1:Org{organization}X+C{i}+{run}T2026" for run in range(2)],
            "skill_names": skills,
            "status": pick.choice((["published"], ["published", "unpublished"])),
            "aggregation_key": f"course:Org{organization}X+C{i}",
            "uuid": f"{i:032x}",
            "start": [start, start + 86_400_000],
            "end": [start + 90 * 86_400_000],
            "modified": start,
            "price": pick.choice((0, 49, 99, 149, None)),
            "published": pick.random() < 0.9,
            "skills": [{"name": name, "description": f"About {name}"} for name in skills],
        }

    def _text(self, length: int) -> str:
        return " ".join(self._random.choices(self.words, cum_weights=self._weights, k=length))


def main() -> None:
    """Build a catalog, ask it, and write the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--courses", type=int, default=20_000)
    number = parser.parse_args().courses
    _measure("a million turns of a loop", _loop)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "search.sqlite3"
        client = build_client("", path=path)
        client.indices.create(index="course", settings=SETTINGS, mappings=MAPPINGS)
        catalog = Catalog(1)
        _index(client, catalog, number)
        _write(f"{'file':<34}{path.stat().st_size / 1e6:9.0f} MB")
        for name, ask in _requests(client, catalog, number).items():
            _measure(name, ask)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        _write(f"{'most memory':<34}{memory:9.0f} MB")
        client.close()


def _index(client: Elasticsearch, catalog: Catalog, number: int) -> None:
    courses = list(catalog.courses(number))
    actions = [
        {"_index": "course", "_id": str(i), "_source": course} for i, course in enumerate(courses)
    ]
    started = time.process_time()
    helpers.bulk(client, actions, chunk_size=1000)
    seconds = time.process_time() - started
    _write(f"{'bulk':<34}{number / seconds:9.0f} documents/s")


def _requests(
    client: Elasticsearch, catalog: Catalog, number: int
) -> dict[str, Callable[[], object]]:
    words = catalog.words
    fresh = [catalog.course(i) for i in range(200)]
    choose = random.Random(2)

    def search(body: dict[str, Any]) -> Callable[[], object]:
        return lambda: client.search(index="course", body=body)

    def text(*terms: str, kind: str = "best_fields") -> dict[str, Any]:
        fields = ["key", "title", "text"]
        return {"multi_match": {"query": " ".join(terms), "fields": fields, "type": kind}}

    def update() -> object:
        i = choose.randrange(number)
        return client.index(index="course", id=str(i), document=fresh[i % len(fresh)])

    by_start = [{"start": "desc"}, {"aggregation_key": "asc"}]
    facets = {name: {"terms": {"field": name, "size": 100}} for name in FACETS}
    string = {"query_string": {"query": f"{words[20]} AND {words[60]}"}}
    return {
        "two words": search({"query": text(words[20], words[60])}),
        "two common words": search({"query": text(words[0], words[1])}),
        "phrase": search(
            {
                "query": {
                    "multi_match": {**text(words[5], words[9])["multi_match"], "type": "phrase"}
                }
            }
        ),
        "query string over all fields": search({"query": string}),
        "beginning": search({"query": {"match": {"title.beginnings": words[100][:4]}}}),
        "prefix": search({"query": {"prefix": {"key.raw": "Org14X+C1"}}}),
        "filters": search(
            {
                "query": {
                    "bool": {
                        "filter": [
                            {"term": {"published": True}},
                            {"terms": {"languages": ["English", "French"]}},
                            {"range": {"start": {"gte": "2020-01-01"}}},
                        ]
                    }
                }
            }
        ),
        "everything by date": search({"sort": by_start, "size": 20}),
        "six facets over everything": search({"size": 0, "aggs": facets}),
        "six facets over two words": search(
            {"query": text(words[20], words[60]), "size": 0, "aggs": facets}
        ),
        "nested": search(
            {"query": {"nested": {"path": "skills", "query": {"match": {"skills.name": "17"}}}}}
        ),
        "one by id": lambda: client.get(index="course", id="17"),
        "update": update,
    }


def _loop() -> None:
    for _ in range(1_000_000):
        pass


def _measure(name: str, ask: Callable[[], object]) -> None:
    ask()
    times = []
    for _ in range(50):
        started = time.process_time()
        ask()
        times.append((time.process_time() - started) * 1000)
    times.sort()
    _write(f"{name:<34}{statistics.median(times):9.2f} ms{times[-1]:9.2f} ms at most")


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
