"""Search in one visit, as somebody types: its items, notes, evidence, recommendations and rules.

Notes and evidence have their full-text indexes in the casebook. The items' texts are indexed in memory, in the
connection's ``temp`` schema, when a visit is searched first: a checklist is frozen, so its id says whether the
index is still right, and it takes some 30 ms for 400 items. In the file it would double what planning a visit and
giving its account cost, and the size of every casebook.

Nothing that is typed reaches SQLite as query language: a query is put together of letters and digits only.
"""

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from inspect_kit.casebook import queries
from inspect_kit.casebook.sqlite import Database
from inspect_kit.language import _
from inspect_kit.model import Checklist, FoundIn, Hit, Item

TYPED_LIMIT = 200
"""So many typed characters are looked for; what stands behind them is left out."""
_LEAD = 24
_LENGTH = 240
_TOKEN = re.compile("(?:[^\\W_][\u0300-\u036f]*)+")
_RULE = re.compile(r"\b(?:rules?|r[èe]gles?)\s*(?=[0-9])", re.IGNORECASE)
_REFERENCE = re.compile(r"([a-z]*)-?([0-9]{1,3})((?:[.(][0-9a-z]{1,2}\)?)*)", re.IGNORECASE)
_UNSEEN = re.compile("[\\s\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")

# Where a word stands decides which items come first, from near to far; the number of an item's own rule is 0.
_FOUND = """
WITH texts (number, tier) AS (
    SELECT position + 1, 0 FROM checklist_items WHERE visit = :visit AND :clause <> '' AND EXISTS
        (SELECT 1 FROM json_each(clauses) WHERE value LIKE :clause OR value LIKE :clause || '.%')
    UNION ALL SELECT rowid, 1 FROM temp.item_texts WHERE item_texts MATCH '{label} : ' || :match
    UNION ALL SELECT rowid, 2 FROM temp.item_texts WHERE item_texts MATCH '{question} : ' || :match
    UNION ALL SELECT rowid, 6 FROM temp.item_texts WHERE item_texts MATCH '{rule} : ' || :match
    UNION ALL SELECT rowid, 7 FROM temp.item_texts WHERE item_texts MATCH '{guide} : ' || :match
), found (item, tier) AS (
    SELECT item, min(tier) FROM texts JOIN temp.items USING (number) GROUP BY number
    UNION ALL SELECT item, 3 FROM findings
        WHERE visit = :visit AND number IN (SELECT rowid FROM findings_fts WHERE findings_fts MATCH :match)
    UNION ALL SELECT item, 4 FROM evidence
        WHERE visit = :visit AND number IN (SELECT rowid FROM evidence_fts WHERE evidence_fts MATCH :match)
    UNION ALL SELECT item, 5 FROM recommendation_findings
        WHERE visit = :visit AND recommendation IN (SELECT value FROM json_each(:recommendations))
)
SELECT item, min(tier) FROM found GROUP BY item
"""
_TEXTS = """
SELECT 'question', question FROM temp.item_texts WHERE rowid = :number
UNION ALL SELECT 'note', narrative FROM findings WHERE visit = :visit AND item = :item
UNION ALL SELECT * FROM
    (SELECT 'evidence', note FROM evidence WHERE visit = :visit AND item = :item ORDER BY recorded DESC)
UNION ALL SELECT 'recommendation', r.body FROM recommendations r JOIN recommendation_findings f
    ON f.visit = r.visit AND f.recommendation = r.id WHERE r.visit = :visit AND f.item = :item
UNION ALL SELECT 'rule', rule FROM temp.item_texts WHERE rowid = :number
UNION ALL SELECT 'guide', guide FROM temp.item_texts WHERE rowid = :number
"""


class _Folding(dict[int, str]):
    """Each letter without its case and diacritics, for ``str.translate``; marks of their own are dropped."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        first, *rest = list(unicodedata.normalize("NFD", letter))
        folded = first.casefold() if all("\u0300" <= mark <= "\u036f" for mark in rest) else letter.casefold()
        if "\u0300" <= letter <= "\u036f":
            folded = ""
        self[code] = folded if len(folded) <= 1 else letter
        return self[code]


_FOLDING = _Folding()


@dataclass(frozen=True)
class _Word:
    """One typed word: a prefix, or several that stand side by side, such as ``25.3``."""

    tokens: tuple[str, ...]
    clause: str = ""  # as a pattern of LIKE; letters, digits and points, so that its only wildcard is ours

    @property
    def match(self) -> str:
        """As FTS5 asks for it; letters and digits in quotes are never its language."""
        return f'"{" ".join(self.tokens)}"*'

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The same for a folded text."""
        return re.compile(
            r"(?<![^\W_])" + r"[\W_]+".join(re.escape(token.translate(_FOLDING)) for token in self.tokens)
        )


def search(db: Database, visit: str, words: str, limit: int) -> list[Hit]:
    """Find the items of a visit that hold all words, each as the beginning of a word, the nearest first.

    The words may stand in different texts of an item. Case, diacritics and punctuation do not count; a rule's or
    clause's number (``19``, ``rule 19``, ``BR-19``, ``25.3``, ``25(3)``) brings its items first.

    Args:
        db: the open casebook, outside a transaction.
        visit: the id of a visit that it holds.
        words: as typed so far.
        limit: the most hits.
    """
    _index(db, visit)
    asked = _asked(words)
    if not asked:
        return []
    order: dict[str, int] = dict(db.execute("SELECT item, number FROM temp.items").fetchall())
    recommended = [
        (id_, text.translate(_FOLDING))
        for id_, text in db.execute("SELECT id, body FROM recommendations WHERE visit = ?", (visit,)).fetchall()
    ]
    ranks = dict.fromkeys(order, 0)
    for word in asked:
        values = {
            "visit": visit,
            "match": word.match,
            "clause": word.clause,
            "recommendations": json.dumps([id_ for id_, text in recommended if word.pattern.search(text)]),
        }
        found = db.execute(_FOUND, values).fetchall()
        ranks = {item: ranks[item] + tier for item, tier in found if item in ranks}
    nearest = sorted(ranks, key=lambda item: (ranks[item], order[item]))[:limit]
    return [_hit(db, visit, item, order[item], ranks[item], asked) for item in nearest]


def marks(text: str, words: str) -> tuple[tuple[int, int], ...]:
    """Where the typed words stand in a text, for showing it with them marked.

    Args:
        text: such as an item's label.
        words: as typed so far.
    """
    return _marks(text, _asked(words))


def _asked(words: str) -> list[_Word]:
    found: dict[tuple[str, ...], _Word] = {}
    for chunk in _RULE.sub("", words[:TYPED_LIMIT]).split():
        reference = _REFERENCE.fullmatch(chunk)
        if reference:
            points = re.findall("[0-9a-z]+", reference[3], re.IGNORECASE)
            tokens = (*filter(None, [reference[1]]), reference[2], *points)
            word = _Word(tokens, f"{reference[1] or '%'}-{'.'.join([reference[2], *points])}")
        else:
            word = _Word(tuple(_TOKEN.findall(chunk)))
        if word.tokens:
            found.setdefault(word.tokens, word)
    return list(found.values())


def _hit(db: Database, visit: str, item: str, number: int, rank: int, asked: list[_Word]) -> Hit:
    """Choose which of an item's texts to show: the one that holds most of the words, and of those the nearest."""
    most, found_in, text = -1, "", ""
    for source, held in db.execute(_TEXTS, {"visit": visit, "item": item, "number": number}):
        folded = held.translate(_FOLDING)
        words = sum(word.pattern.search(folded) is not None for word in asked)
        if words > most:
            most, found_in, text = words, source, held
        if most == len(asked):
            break
    excerpt = _excerpt(text, asked)
    return Hit(item, FoundIn(found_in), excerpt, _marks(excerpt, asked), rank)


def _index(db: Database, visit: str) -> None:
    """Have the texts of this visit's items at hand; a checklist that is indexed already stays."""
    db.execute("CREATE TABLE IF NOT EXISTS temp.items (number INTEGER PRIMARY KEY, item TEXT, checklist TEXT)")
    db.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.item_texts"
        " USING fts5 (label, question, rule, guide, tokenize = 'unicode61 remove_diacritics 2')"
    )
    indexed = db.execute("SELECT checklist FROM temp.items LIMIT 1").fetchone()
    if indexed == db.execute("SELECT checklist FROM visits WHERE id = ?", (visit,)).fetchone():
        return
    checklist = queries.checklist(db, visit)
    with db.conn:
        db.execute("BEGIN")
        db.execute("DELETE FROM temp.items")
        db.execute("DELETE FROM temp.item_texts")
        if checklist:
            items = list(enumerate(checklist.items, 1))
            db.conn.executemany(
                "INSERT INTO temp.items VALUES (?, ?, ?)", ((number, item.id, checklist.id) for number, item in items)
            )
            db.conn.executemany(
                "INSERT INTO temp.item_texts (rowid, label, question, rule, guide) VALUES (?, ?, ?, ?, ?)",
                ((number, *_texts(checklist, item)) for number, item in items),
            )


def _texts(checklist: Checklist, item: Item) -> tuple[str, str, str, str]:
    """Label, question, rule and guide of an item, each as it is shown in an excerpt."""
    section = checklist.themes.get(item.theme)
    standard = checklist.standards[section.standard].short if section else ""
    rules = []
    for clause in item.clauses:
        note = checklist.clauses.get(clause)
        number = clause.rpartition("-")[2].partition(".")[0]
        about = ": ".join(filter(None, (note.heading, note.means))) if note else ""
        # Translators: standard is such as Bangkok Rules
        rule = _("Rule {number} of the {standard}", number=number, standard=standard)
        rules.append(" · ".join(filter(None, (rule, about))))
    guide = (
        item.why,
        *item.look,
        *(question for questions in item.talk_to.values() for question in questions),
        *item.records,
        *item.red_flags,
        *(f"“{claim}” → {test}" for claim, test in item.they_say),
    )
    return (
        f"{checklist.title(item.theme)} {item.number} {item.short}",
        f"{', '.join(item.clauses)} · {item.ask}",
        " / ".join(rules),
        " · ".join(filter(None, guide)),
    )


def _excerpt(text: str, asked: list[_Word]) -> str:
    """The surroundings of the first word that stands in a text, on one line."""
    folded = text.translate(_FOLDING)
    found = [match.start() for word in asked if (match := word.pattern.search(folded))]
    first = _places(text, folded)[min(found)] if found else 0
    begin = max(0, first - _LEAD)
    if begin:
        space = _UNSEEN.search(text, begin, first)
        begin = space.end() if space else begin
    end = begin + _LENGTH
    piece = text[begin:end]
    if end < len(text):
        piece = piece[: max(piece.rfind(" "), _LENGTH // 2)] + "…"
    return ("…" if begin else "") + _UNSEEN.sub(" ", piece).strip()


def _marks(text: str, asked: list[_Word]) -> tuple[tuple[int, int], ...]:
    folded = text.translate(_FOLDING)
    places = _places(text, folded)
    spans = sorted(match.span() for word in asked for match in word.pattern.finditer(folded))
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple((places[start], places[end]) for start, end in joined)


def _places(text: str, folded: str) -> range | list[int]:
    """For each letter of a folded text, and its end, where it stands in the text."""
    if len(folded) == len(text):
        return range(len(text) + 1)
    return [place for place, letter in enumerate(text) if _FOLDING[ord(letter)]] + [len(text)]
