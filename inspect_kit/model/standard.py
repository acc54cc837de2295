"""A body of rules: its clauses, their headings and their strength."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from inspect_kit.language import _


class Strength(StrEnum):
    """How strictly a clause is worded."""

    PROHIBITION = "prohibition"
    DUTY = "duty"
    EFFORT = "effort"
    ENCOURAGEMENT = "encouragement"

    @property
    def label(self) -> str:
        """In words, for screens."""
        return {
            # Translators: how strictly a rule is worded: it forbids
            Strength.PROHIBITION: _("prohibition"),
            # Translators: how strictly a rule is worded: it must be done
            Strength.DUTY: _("duty"),
            # Translators: how strictly a rule is worded: it must be tried
            Strength.EFFORT: _("effort"),
            # Translators: how strictly a rule is worded: it is advised
            Strength.ENCOURAGEMENT: _("encouragement"),
        }[self]


@dataclass(frozen=True)
class Clause:
    """A rule, or its numbered paragraph, or its lettered point.

    Attributes:
        id: ``BR-5``, ``BR-25.3``, ``BR-6.a``.
        rule: the rule's number.
        paragraph: the paragraph's number, or None.
        point: the point's letter, or None.
        lead: whether it is the lead sentence above lettered points.
        part: ``I`` to ``IV``.
        headings: the headings above it, widest first.
        supplements: the 1955 Standard Minimum Rules it goes with, as ``"15, 16"``, or None.
        revised: the rules of their 2015 revision that took those over, or None.
        strength: how strictly it is worded.
        protects: whom it protects.
        means: what it asks for, in our words.
    """

    id: str
    rule: int
    paragraph: int | None
    point: str | None
    lead: bool
    part: str
    headings: tuple[str, ...]
    supplements: str | None
    revised: str | None
    strength: Strength
    protects: tuple[str, ...]
    means: str


@dataclass(frozen=True)
class Passage:
    """A clause as a document words it.

    Attributes:
        id, rule, paragraph, point, lead, part, headings: as in ``Clause``, but as the document has them.
        supplements: the rules that the bracketed note above it names, each a number or a range.
        text: the wording, on one line.
    """

    id: str
    rule: int
    paragraph: int | None
    point: str | None
    lead: bool
    part: str
    headings: tuple[str, ...]
    supplements: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Wording:
    """A clause's text as a user imported it.

    Attributes:
        text: on one line.
        official: whether it is, letter for letter, that of the official document.
    """

    text: str
    official: bool

    @property
    def label(self) -> str:
        """What it is, for screens and reports."""
        if self.official:
            return _("official text")
        return _("text as imported; it differs from the official document")


@dataclass(frozen=True)
class Theme:
    """A field of inspection, with one item bank.

    Attributes:
        id: ``contact-with-children``; the bank's file name.
        title: as shown on screen.
        clauses: the clauses it covers.
        on_site: whether it is inspected in the facility; otherwise by desk review.
    """

    id: str
    title: str
    clauses: tuple[str, ...]
    on_site: bool = True


@dataclass(frozen=True)
class Standard:
    """A body of rules such as the Bangkok Rules.

    Attributes:
        id: also the name of its folder.
        folder: where its structure and its item banks lie.
        prefix: what its clauses' ids begin with.
        short: the name in everyday use.
        title: the official title.
        clauses: by id, in the order of the rules.
        themes: in the order in which they are inspected.
        compounds: all words of its document that have a hyphen, in small letters, where that is known.
    """

    id: str
    folder: Path
    prefix: str
    short: str
    title: str
    clauses: dict[str, Clause] = field(repr=False, hash=False)
    themes: tuple[Theme, ...] = field(repr=False)
    compounds: frozenset[str] | None = field(default=None, repr=False)

    def theme_ids(self) -> tuple[str, ...]:
        """The themes' ids in their order."""
        return tuple(theme.id for theme in self.themes)
