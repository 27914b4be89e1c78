"""Cutting text into what is indexed, and a query into what is looked up. Pure."""

import re
import unicodedata

# Scripts that are written without blanks: Han with its rare-name extensions, kana, bopomofo, hangul.
_DENSE = "\u3005-\u3007\u3040-\u30ff\u3105-\u312f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_RUNS = re.compile(rf"([{_DENSE}\U00020000-\U0003ffff]+)|((?:(?![{_DENSE}\U00020000-\U0003ffff])[^\W_])+)")
MOST_GRAMS = 16_000  # of a text: PostgreSQL counts positions no further
MOST_TERMS, LONGEST_QUERY = 8, 200


def bigrams(text: str) -> list[str]:
    """Return what is indexed of a text, in order: words of Latin letters and digits, pairs of Chinese
    characters.

    Each run of Chinese ends with its last character alone, so that a single character is found wherever it
    stands: as the beginning of a pair, or as that.
    """
    grams: list[str] = []
    for run, dense in _runs(text):
        grams += [*_pairs(run), run[-1]] if dense else [run]
    return grams[:MOST_GRAMS]


def phrases(query: str) -> list[list[str]]:
    """Return a query as phrases, all of which must occur; the last gram of each may be the beginning of a
    longer one.

    Blanks part phrases; anything else, of any kind, is letters to look up or is passed over.
    """
    terms = [_phrase(term) for term in query[:LONGEST_QUERY].split()]
    return [term for term in terms if term][:MOST_TERMS]


def _phrase(term: str) -> list[str]:
    """Grams of one term, as they stand in a text: only within it does a run end with its single character."""
    runs = _runs(term)
    grams: list[str] = []
    for index, (run, dense) in enumerate(runs):
        last = index == len(runs) - 1
        if not dense:
            grams.append(run)
        else:
            grams += _pairs(run) if last and len(run) > 1 else [*_pairs(run), run[-1]]
    return grams


def _runs(text: str) -> list[tuple[str, bool]]:
    """Runs of letters and digits in one form (width, case), each with whether it is written without blanks."""
    normal = unicodedata.normalize("NFKC", text).lower()
    return [(dense or word, bool(dense)) for dense, word in _RUNS.findall(normal)]


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]
