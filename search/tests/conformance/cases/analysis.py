"""How texts become words: one multi search asks for each word whether it is there."""

from search.tests.conformance.case import SERVERS, Call, Case
from search.tests.conformance.catalog import COURSES

STEMMED = "title"
HTML = "full_description"
LOWER = "org.lower"
NGRAMS = "title.edge_ngram_completion"


def _words(
    name: str, field: str, text: str, has: list[str], lacks: list[str] | None = None
) -> Case:
    """Return the case of one text: its field holds the words of `has` and not those of `lacks`."""
    source = {field.split(".")[0]: text}
    searches: list[dict[str, object]] = []
    for word in [*has, *(lacks or [])]:
        searches += [{"index": "@courses"}, {"size": 0, "query": {"term": {field: word}}}]
    return Case(
        name=name,
        confirmed_by=SERVERS,
        indexes={"@courses": COURSES.holding({"only": source})},
        calls=[
            Call(
                "msearch",
                {"searches": searches},
                {"responses": [{"total": 1}] * len(has) + [{"total": 0}] * len(lacks or [])},
            )
        ],
    )


PLAIN = "authoring_organizations"
"""A text field without an analyzer: the standard one, which neither stems nor stops."""

TOKENS = (
    _words(
        "punctuation_separates",
        PLAIN,
        "MITx: data, (science)/engineering; R&D",
        ["mitx", "data", "science", "engineering", "r", "d"],
        ["mitx:", "r&d"],
    ),
    _words(
        "hyphens_and_plus_signs_separate",
        PLAIN,
        "Self-Paced MITx+6.00.1x C++",
        ["self", "paced", "mitx", "6.00.1x", "c"],
        ["self-paced", "c++", "6"],
    ),
    _words(
        "an_apostrophe_inside_a_word_stays",
        PLAIN,
        "Newton's O’Neill rock'n'roll 'quoted'",
        ["newton's", "o’neill", "rock'n'roll", "quoted"],
        ["newton", "neill"],
    ),
    _words(
        "a_dot_or_colon_between_letters_stays",
        PLAIN,
        "e.g. example.org title:data end. v1:MITx",
        ["e.g", "example.org", "title:data", "end", "v1", "mitx"],
        ["example", "title", "v1:mitx"],
    ),
    _words(
        "numbers_keep_inner_dots_and_commas",
        PLAIN,
        "3.14 1,000 2,b 10% $49",
        ["3.14", "1,000", "2", "b", "10", "49"],
        ["1", "000"],
    ),
    _words(
        "underscores_join",
        PLAIN,
        "snake_case __init__ _",
        ["snake_case", "__init__"],
        ["snake", "init"],
    ),
    _words(
        "addresses_fall_apart",
        PLAIN,
        "ada@example.org https://www.example.org/a-b?c=d_e#f",
        ["ada", "example.org", "https", "www.example.org", "a", "b", "c", "d_e", "f"],
        ["ada@example.org"],
    ),
    _words(
        "letters_and_digits_join",
        PLAIN,
        "CS50x 2T2026 a1b2",
        ["cs50x", "2t2026", "a1b2"],
        ["cs", "50"],
    ),
    _words(
        "capitals_and_accents",
        PLAIN,
        "ÉCOLE Straße ΣΟΦΙΑΣ",
        ["école", "straße", "σοφιασ"],
        ["ecole", "strasse"],
    ),
    _words("han_characters_stand_alone", PLAIN, "中国建筑", ["中", "国", "建", "筑"], ["中国"]),
    _words(
        "japanese_and_korean",
        PLAIN,
        "データ入門 ひらがな 한국어 교육",
        ["データ", "入", "門", "ひ", "な", "한국어", "교육"],
        ["ひらがな", "入門", "한"],
    ),
    _words(
        "russian_and_arabic",
        PLAIN,
        "Введение в Python العربية",
        ["введение", "в", "python", "العربية"],
    ),
    _words("emoji_are_words", PLAIN, "fun 😀 time", ["fun", "😀", "time"]),
    _words("stop_words_stay_in_plain_text", PLAIN, "The Art of War", ["the", "art", "of", "war"]),
)

STEMS = (
    _words(
        "english_stems",
        STEMMED,
        "Programming programmes computational Courses studies",
        ["program", "programm", "comput", "cours", "studi"],
        ["programming", "courses"],
    ),
    _words(
        "possessives_lose_their_ending", STEMMED, "Newton's laws", ["newton", "law"], ["newton's"]
    ),
    _words(
        "irregular_words_of_the_stemmer",
        STEMMED,
        "skies dying news generously communities",
        ["sky", "die", "news", "generous", "communiti"],
        ["skies", "new"],
    ),
    _words(
        "words_of_other_languages_are_stemmed_as_english",
        STEMMED,
        "Universidades español análisis",
        ["universidad", "español", "análisi"],
    ),
    _words(
        "html_texts_lose_stop_words",
        HTML,
        "The art of war and IT is not for an other",
        ["art", "war", "other"],
        ["the", "of", "and", "it", "is", "not", "for", "an"],
    ),
    _words(
        "words_that_look_like_stop_words",
        HTML,
        "from has we do all",
        ["from", "has", "we", "do", "all"],
    ),
)

MARKUP = (
    _words(
        "tags_go_and_texts_stay",
        HTML,
        "<p class='intro'>Learn <b>data</b></p><p>science</p>",
        ["learn", "data", "scienc"],
        ["p", "class", "intro", "b"],
    ),
    _words(
        "block_tags_separate",
        HTML,
        "one<br>two<p>three</p>four<li>five",
        ["one", "two", "three", "four", "five"],
        ["onetwo"],
    ),
    _words(
        "inline_tags_do_not_separate", HTML, "com<em>pu</em>ter", ["comput"], ["com", "pu", "ter"]
    ),
    _words(
        "entities_are_characters",
        HTML,
        "caf&eacute; R&amp;D &#233;t&#xE9; a&nbsp;b &lt;p&gt;",
        ["café", "r", "d", "été", "b", "p"],
        ["amp", "eacut", "nbsp", "lt"],
    ),
    _words(
        "comments_and_scripts_go",
        HTML,
        "a1 <!-- hidden --> b1 <script>var evil = 1;</script> c1 <style>p {margin: 0}</style> d1",
        ["a1", "b1", "c1", "d1"],
        ["hidden", "evil", "margin"],
    ),
    _words("what_looks_like_a_tag_goes", HTML, "if x < y and y > z", ["x", "z"], ["y"]),
    _words("a_lone_angle_bracket_is_text", HTML, "5 < 6 x<7 > 8", ["5", "6", "x", "7", "8"]),
    _words("unclosed_markup", HTML, "before <b>bold after", ["befor", "bold", "after"], ["b"]),
    _words(
        "the_title_strips_markup_too",
        STEMMED,
        "<i>Justice</i> &amp; Law",
        ["justic", "law"],
        ["i", "amp"],
    ),
    _words("plain_fields_keep_markup", PLAIN, "<p>Data</p>", ["p", "data"]),
)

OTHERS = (
    _words(
        "a_lower_subfield_keeps_the_whole_text",
        LOWER,
        "MITx Open-Learning",
        ["mitx open-learning"],
        ["mitx", "MITx Open-Learning"],
    ),
    _words(
        "beginnings_of_each_word",
        NGRAMS,
        "Machine R",
        ["ma", "mac", "machine"],
        ["m", "r", "achine", "machine r"],
    ),
    _words(
        "beginnings_end_at_their_greatest_length",
        NGRAMS,
        "Otorhinolaryngologically",
        ["ot", "otorhinolaryngological"],
        ["otorhinolaryngologicall"],
    ),
    _words(
        "a_keyword_is_kept_as_it_is",
        "course_type",
        " Verified  Audit ",
        [" Verified  Audit "],
        ["Verified  Audit", "verified"],
    ),
)

CASES: tuple[Case, ...] = (*TOKENS, *STEMS, *MARKUP, *OTHERS)
