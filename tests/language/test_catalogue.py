"""The French catalogue: every text of the interface stands in it, translated, and fits where it is filled in."""

from __future__ import annotations

import re
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tests.language.test_texts import maker


def french() -> Catalog:
    with maker().po_file("fr").open("rb") as file:
        return read_po(file, "fr")


def places(text: str) -> set[str]:
    """The places of a text, such as ``{path}`` and ``%(prog)s``."""
    named = {f"{{{name}!{how}}}" for _text, name, _format, how in Formatter().parse(text) if name is not None}
    return named | set(re.findall(r"%\(\w+\)s", text))


def both(message: Message) -> tuple[list[str], list[str]]:
    """The English texts and the French ones, singular first."""
    english = [message.id] if isinstance(message.id, str) else list(message.id)
    other = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return english, other


def test_the_catalogue_is_what_make_texts_writes():
    file = maker().po_file("fr")
    assert maker().written(maker().catalogue("fr", french())) == file.read_text(encoding="utf-8")


def test_every_text_is_translated_and_no_translation_is_a_guess():
    catalogue = french()
    assert maker().untranslated(catalogue) == []
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []


def test_every_translation_has_the_places_of_the_english():
    wrong = []
    for message in french():
        english, other = both(message)
        if not message.id:
            continue
        allowed = set().union(*map(places, english))
        needed = set.intersection(*map(places, english))
        wrong += [text for text in other if text and not needed <= places(text) <= allowed]
    assert wrong == []


def test_there_are_twelve_french_months():
    message = french().get("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")
    assert message is not None
    assert len(str(message.string).split()) == 12
