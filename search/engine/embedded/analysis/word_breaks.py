"""Cuts text into words by the rules of Unicode Standard Annex #29, as the standard tokenizer does.

Every ideograph and every hiragana letter is a word of its own; runs of Thai, Lao, Khmer and Myanmar
letters stay whole; a dot, comma or apostrophe between two letters or two digits joins them.
https://www.unicode.org/reports/tr29/#Word_Boundary_Rules
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

MAX_TOKEN_LENGTH = 255

_MID_LETTER = ":\u00b7\u0387\u055f\u05f4\u2027\ufe13\ufe55\uff1a"
_MID_BOTH = ".'\u2018\u2019\u2024\ufe52\uff07\uff0e"
_MID_NUMBER = ",;\u037e\u0589\u060c\u060d\u066c\u07f8\u2044\ufe10\ufe14\ufe50\ufe54\uff0c\uff1b"

_HIRAGANA = "\u3041-\u3096\u309d-\u309f\U0001b001-\U0001b11f\U0001f200"
_IDEOGRAPHS = (
    "\u2e80-\u2e99\u2e9b-\u2ef3\u2f00-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufa6d\ufa70-\ufad9\U00020000-\U0003ffff"
)
_KATAKANA = (
    "\u3031-\u3035\u309b\u309c\u30a0-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u32d0-\u32fe\u3300-\u3357"
    "\uff66-\uff9d\U0001b000"
)
_COMPLEX = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ebd\u0ec0-\u0ecd\u0edc-\u0edf\u1000-\u103f\u1050-\u108f"
    "\u109a-\u109f\u1780-\u17d3\u17d7\u17dc\u17dd\u1950-\u1974\u1980-\u19c9\u19de\u19df"
    "\u1a20-\u1a5e\u1a60-\u1a7c\u1aa0-\u1aad\ua9e0-\ua9ef\ua9fa-\ua9fe\uaa60-\uaac2\uaadb-\uaadf"
    "\U00011700-\U0001172b\U0001173a\U0001173b"
)
_SYMBOL_LETTERS = (
    "\u02c2-\u02c5\u02d2-\u02d7\u02de\u02df\u02ed\u02ef-\u02ff\u055b\u055c\u055e\u05f3\u24b6-\u24e9"
    "\ua720\ua721\ua789\ua78a\uab5b\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189"
)
_PICTURES = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2194-\u2199\u21a9\u21aa\u231a\u231b\u2328\u2388\u23cf\u23e9-\u23f3"
    "\u23f8-\u23fa\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe\u2600-\u2605\u2607-\u2612\u2614-\u2685"
    "\u2690-\u2705\u2708-\u2712\u2714\u2716\u271d\u2721\u2728\u2733\u2734\u2744\u2747\u274c\u274e"
    "\u2753-\u2755\u2757\u2763-\u2767\u2795-\u2797\u27a1\u27b0\u27bf\u2934\u2935\u2b05-\u2b07\u2b1b"
    "\u2b1c\u2b50\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001f0ff\U0001f10d-\U0001f10f\U0001f12f"
    "\U0001f16c-\U0001f16f\U0001f18e\U0001f191-\U0001f19a\U0001f1ad-\U0001f1e5\U0001f201-\U0001f20f"
    "\U0001f21a\U0001f22f\U0001f232-\U0001f23a\U0001f23c-\U0001f23f\U0001f249-\U0001f3fa"
    "\U0001f400-\U0001f53d\U0001f546-\U0001f64f\U0001f680-\U0001f6ff\U0001f774-\U0001f77f"
    "\U0001f7d5-\U0001f7ff\U0001f80c-\U0001f80f\U0001f848-\U0001f84f\U0001f85a-\U0001f85f"
    "\U0001f888-\U0001f88f\U0001f8ae-\U0001f8ff\U0001f90c-\U0001f93a\U0001f93c-\U0001f945"
    "\U0001f947-\U0001fbef\U0001fbfa-\U0001fffd"
)
_SKIN_TONES = "\U0001f3fb-\U0001f3ff"
_ASCII_WORD = re.compile(
    r"(?=_*[A-Za-z0-9])[A-Za-z0-9_]+"
    r"(?:(?:(?<=[A-Za-z])[:.'](?=[A-Za-z])|(?<=[0-9])[.,;'](?=[0-9]))[A-Za-z0-9_]+)*"
)


def words(text: str) -> list[str]:
    """Return the words of a text in order; one of more than 255 characters is cut."""
    found = (_ASCII_WORD if text.isascii() else _any_word()).findall(text)
    if max(map(len, found), default=0) > MAX_TOKEN_LENGTH:
        return [part for word in found for part in _cut(word)]
    return found


def word_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each of the `words` of a text starts and ends."""
    pattern = _ASCII_WORD if text.isascii() else _any_word()
    for found in pattern.finditer(text):
        start = found.start()
        for part in _cut(found.group()):
            yield start, start + len(part)
            start += len(part)


def _cut(word: str) -> list[str]:
    return [
        word[start : start + MAX_TOKEN_LENGTH] for start in range(0, len(word), MAX_TOKEN_LENGTH)
    ]


@cache
def _any_word() -> re.Pattern[str]:
    """Return the pattern for all scripts, built on first use from the Unicode database (40 ms)."""
    letter = _ranges("L") + _SYMBOL_LETTERS
    extend = _ranges("E") + _SKIN_TONES
    digit = _ranges("D") + "\u066b"
    joiner = _ranges("J") + "\u202f"
    word = f"{letter}{extend}{digit}{joiner}"
    start = f"(?=[{joiner}{extend}]*[{letter}{digit}])"
    joints = (
        f"(?<=[{letter}{extend}])[{_MID_LETTER}{_MID_BOTH}][{extend}]*(?=[{letter}])"
        f"|(?<=[{digit}{extend}])[{_MID_BOTH}{_MID_NUMBER}][{extend}]*(?=[{digit}])"
    )
    picture = f"[{_PICTURES}{_SKIN_TONES}][{extend}]*"
    return re.compile(
        f"{start}[{letter}{digit}{joiner}][{word}]*(?:(?:{joints})[{word}]+)*"
        f"|[{_KATAKANA}][{_KATAKANA}{extend}{joiner}]*"
        f"|[{_IDEOGRAPHS}{_HIRAGANA}][{extend}]*"
        f"|[{_COMPLEX}][{_COMPLEX}{extend}]*"
        f"|{picture}(?:(?<=\u200d){picture})*"
        "|[\U0001f1e6-\U0001f1ff]{2}"
    )


_KINDS = {
    **dict.fromkeys(("Lu", "Ll", "Lt", "Lm", "Lo", "Nl"), "L"),
    **dict.fromkeys(("Mn", "Mc", "Me", "Cf"), "E"),
    "Nd": "D",
    "Pc": "J",
}


@cache
def _kinds() -> str:
    """Return one letter for each character of the first two planes: what part of a word it is.

    The other planes hold ideographs only, and those are told apart by range.
    """
    characters = "".join(map(chr, range(0x20000)))
    kinds = [_KINDS.get(unicodedata.category(character), " ") for character in characters]
    own_words = f"[{_HIRAGANA}{_IDEOGRAPHS}{_KATAKANA}{_COMPLEX}]+"
    for found in re.finditer(own_words, characters):
        start, end = found.span()
        kinds[start:end] = ["E" if kind == "E" else " " for kind in kinds[start:end]]
    kinds[0x200B] = " "
    return "".join(kinds)


def _ranges(kind: str) -> str:
    """Return the characters of a kind as ranges of a regular expression."""
    return "".join(
        f"{re.escape(chr(found.start()))}-{re.escape(chr(found.end() - 1))}"
        for found in re.finditer(f"{kind}+", _kinds())
    )
