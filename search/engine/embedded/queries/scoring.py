"""How well a document matches words: BM25 with the constants of Elasticsearch.

https://www.elastic.co/guide/en/elasticsearch/reference/8.17/index-modules-similarity.html
"""

import math
from collections import Counter
from collections.abc import Iterable

from search.engine.embedded.storage.codec import LENGTH_SHIFT, Postings
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
    scores: dict[int, float], postings: Iterable[Postings], weight: float, factors: list[float]
) -> None:
    """Add the score of each document in the postings of a term."""
    weight *= K1 + 1
    once = [weight / (1 + factor) for factor in factors]
    for part in postings:
        lengths = dict(zip(part.documents, part.places, strict=True))
        if len(lengths) == len(part.documents):
            found = {document: once[place >> LENGTH_SHIFT] for document, place in lengths.items()}
        else:
            counted = zip(lengths.items(), Counter(part.documents).values(), strict=True)
            found = {
                document: weight * frequency / (frequency + factors[place >> LENGTH_SHIFT])
                for (document, place), frequency in counted
            }
        scores.update(found)


def frequent_score(weight: float, frequency: float, factor: float) -> float:
    """Return the score of a term or phrase that a document holds so often."""
    return weight * (K1 + 1) * frequency / (frequency + factor)
