"""What is said where a checklist's questions are a translation."""

from inspect_kit.language import ENGLISH, _, listed, ngettext
from inspect_kit.model import Checklist, Item


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
