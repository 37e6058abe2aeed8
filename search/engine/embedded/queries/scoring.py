"""How well a document matches words: BM25 with the constants of Elasticsearch.

https://www.elastic.co/guide/en/elasticsearch/reference/8.17/index-modules-similarity.html
"""

import math
from collections.abc import Iterable, Sequence

from search.engine.embedded.storage.codec import Postings
from search.engine.embedded.storage.lengths import LENGTHS

K1 = 1.2
B = 0.75


def rarity(holders: int, found: int) -> float:
    """Return the weight of a term that `found` of the `holders` of its field have."""
    return math.log(1 + (max(holders, found) - found + 0.5) / (found + 0.5))


def length_factors(holders: int, words: int) -> list[float]:
    """Return by rounded field length how much longer fields count less."""
    average = words / holders if holders else 1.0
    return [K1 * (1 - B + B * length / (average or 1.0)) for length in LENGTHS]


def add_scores(
    scores: dict[int, float], postings: Iterable[Postings], weight: float, factors: Sequence[float]
) -> None:
    """Add to each document in the postings the score of their term."""
    weight *= K1 + 1
    for part in postings:
        if part.frequencies:
            rows = zip(part.documents, part.frequencies, part.norms, strict=True)
            for document, frequency, norm in rows:
                scores[document] = weight * frequency / (frequency + factors[norm])
        else:
            score = weight / (1 + factors[1])
            scores.update(dict.fromkeys(part.documents, score))


def phrase_score(weight: float, frequency: int, factor: float) -> float:
    """Return the score of a phrase that a document holds so often."""
    return weight * (K1 + 1) * frequency / (frequency + factor)
