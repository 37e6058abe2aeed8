"""The file that holds the indexes: documents, and segments of terms and values that find them.

A segment holds the terms of some documents turned inside out (`pages`), and the values of their
fields (`field_column`); it never changes. Documents written one by one wait in `recent` until there
are enough of them. A document that is replaced or deleted is `dead`: searches leave it out, and it
goes when its segment is merged.

Why not SQLite's own full-text index: it keeps neither several terms at one position nor the
frequency of a term where Python can read it, so edge n-grams, phrases around stop words and BM25
by field would need a second look at each text. Measured on the same 20,000 courses, a common word
was found and scored in 5 to 85 ms there and 3 to 20 ms here; bulk loading takes about as long.
"""
