"""The language of a checklist: which one is taken, and what is said where its questions are a translation."""

from inspect_kit.checklist import Bank, languages, load_banks, load_translated
from inspect_kit.errors import UnknownError
from inspect_kit.language import ENGLISH, _, chosen, listed, ngettext
from inspect_kit.model import Checklist, Item
from inspect_kit.standards import load_standards


def language_for(wanted: str = "", earlier: Checklist | None = None) -> str:
    """Choose the language of a checklist.

    Args:
        wanted: two letters; empty takes that of the checklist which is replaced, for a colleague may work in another
            language, and else that of the interface, as far as there are items in it.
        earlier: the checklist that is replaced in mid-visit.

    Raises:
        UnknownError: when there are no items in the wanted language.
    """
    known = languages(load_standards())
    if wanted and wanted not in known:
        raise UnknownError(f"No checklist in the language “{wanted[:20]}”: choose from {', '.join(known)}.")
    language = wanted or (earlier.language if earlier else chosen())
    return language if language in known else ENGLISH


def banks_in(language: str) -> tuple[Bank, ...]:
    """All item banks, ours and those that were added, in a language as far as they are translated."""
    standards = load_standards()
    return load_banks(*standards) if language == ENGLISH else load_translated(language, *standards)


def mark_of(item: Item) -> str:
    """Say that an item's text is an unofficial translation; empty where it stands as it was written."""
    if not item.translation:
        return ""
    return _("Unofficial translation; the English item decides.")


def told_of_language(checklist: Checklist) -> str:
    """Say which questions are translated, and which themes are not; empty for an English checklist."""
    missing = checklist.untranslated
    have = [section.title for section in checklist.themes.values() if section.title not in missing]
    if checklist.language == ENGLISH or not checklist.themes:
        return ""
    if not missing:
        return _("The questions are an unofficial translation of the English ones.")
    if not have:
        return _("None of these themes is translated yet: they stay in English.")
    if len(missing) > len(have):
        return ngettext(
            "Only one theme is in an unofficial translation: {themes}. The others stay in English.",
            "Only {count} themes are in an unofficial translation: {themes}. The others stay in English.",
            len(have),
            themes=listed(have),
        )
    return ngettext(
        "The questions are an unofficial translation of the English ones. One theme is not translated yet and stays"
        " in English: {themes}.",
        "The questions are an unofficial translation of the English ones. {count} themes are not translated yet and"
        " stay in English: {themes}.",
        len(missing),
        themes=listed(missing),
    )
