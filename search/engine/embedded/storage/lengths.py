"""Field lengths rounded to one byte, as Lucene stores them for scoring.

Lengths below 24 are exact; above, three bits of the rest are kept beside its magnitude.
https://lucene.apache.org/core/9_12_0/core/org/apache/lucene/util/SmallFloat.html
"""

_EXACT = 24


def encode_length(length: int) -> int:
    """Return the byte for a field of so many words."""
    if length < _EXACT:
        return length
    rest = length - _EXACT
    shift = rest.bit_length() - 4
    if shift < 0:
        return _EXACT + rest
    return min(_EXACT + ((rest >> shift) & 0x07 | (shift + 1) << 3), 255)


def decode_length(byte: int) -> int:
    """Return the length that a byte stands for."""
    if byte < _EXACT:
        return byte
    rest = byte - _EXACT
    bits, shift = rest & 0x07, (rest >> 3) - 1
    return _EXACT + (bits if shift < 0 else (bits | 0x08) << shift)


LENGTHS = tuple(decode_length(byte) for byte in range(256))
