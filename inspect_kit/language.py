"""The interface's language: English in the code, other languages from gettext catalogues in ``locale/``.

Every text that a person reads goes through ``_`` or ``ngettext`` where it is written, with named places:

    _("The casebook {path} is not there.", path=path)
    ngettext("{count} entry", "{count} entries", count)

The language is chosen once, before the modules that hold texts are imported, so that texts of classes and tables are
translated where they stand. What people type and what commands take as words (``--assessment not-met``) is never
translated. ``make texts`` gathers the texts into the catalogues, ``make catalogues`` compiles them.
"""

import gettext
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from pathlib import Path

DOMAIN = "inspect_kit"
LOCALE = Path(__file__).resolve().parent / "locale"
ENGLISH = "en"

_chosen = ENGLISH
_PLAIN = gettext.NullTranslations()
_catalogue: gettext.NullTranslations = _PLAIN
_english: ContextVar[bool] = ContextVar("_english", default=False)


def available() -> tuple[str, ...]:
    """The languages there are, English first, by their two letters."""
    return (ENGLISH, *sorted(file.parent.parent.name for file in LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")))


def use(wanted: str | None = None) -> None:
    """Choose the language of this process; call it before modules with texts are imported.

    Args:
        wanted: two letters, such as ``fr``; None or empty takes what ``INSPECT_KIT_LANGUAGE`` says, else what the
            machine's locale says. A language that we do not have gives English.
    """
    global _chosen, _catalogue
    said = wanted or os.environ.get("INSPECT_KIT_LANGUAGE") or _of_machine()
    language = re.split("[^a-z]", said.lower())[0]  # of fr_FR.UTF-8; some languages have three letters
    if language != ENGLISH and language in available():
        _chosen, _catalogue = language, gettext.translation(DOMAIN, LOCALE, [language])
    else:
        _chosen, _catalogue = ENGLISH, _PLAIN


def chosen() -> str:
    """The two letters of the language in use."""
    return _chosen


@contextmanager
def in_english() -> Iterator[None]:
    """Speak English for a while, in this thread alone: for what is written for readers of English."""
    before = _english.set(True)
    try:
        yield
    finally:
        _english.reset(before)


def _(message: str, **values: object) -> str:
    """Translate a text, then fill in its places.

    Args:
        message: the English text, written out where this is called, so that it can be gathered.
        values: what stands in its places ``{name}``; braces in the values are left alone.
    """
    translated = _speech().gettext(message) if message else ""  # the empty text holds the catalogue's own header
    return translated.format(**values) if values else translated


def pgettext(context: str, message: str) -> str:
    """Translate a text that is English for two things: a short word in a list, say, and the same word in a sentence.

    Args:
        context: which of them this is; for translators, never shown.
        message: the English text.
    """
    return _speech().pgettext(context, message)


def ngettext(one: str, many: str, count: int, **values: object) -> str:
    """Translate a text that depends on a number, then fill in its places.

    Args:
        one: the English text for one.
        many: the English text for none or several.
        count: the number; the texts may hold it as ``{count}``.
        values: what stands in the other places.
    """
    return _speech().ngettext(one, many, count).format(count=count, **values)


def listed(parts: Sequence[str]) -> str:
    """A list as a sentence has it: “a”, “a and b”, “a, b and c”."""
    if len(parts) < 2:
        return "".join(parts)
    return _("{several} and {last}", several=", ".join(parts[:-1]), last=parts[-1])


def months() -> tuple[str, ...]:
    """The months, January first, as short as dates in lists have them."""
    return tuple(_("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split())


def thousands(value: int) -> str:
    """A number in whole, with a sign between its thousands: ``12,000``."""
    return f"{value:,}".replace(",", pgettext("between the thousands of a number", ","))


def day(iso: str) -> str:
    """``2026-11-04`` as ``4 Nov 2026``; what is no day, such as the empty text, stays as it is."""
    try:
        when = date.fromisoformat(iso)
    except ValueError:
        return iso
    # Translators: a date, such as 4 Nov 2026; also stands in fields, where it is read in this order
    return _("{day} {month} {year}", day=when.day, month=months()[when.month - 1], year=when.year)


def minute(when: datetime) -> str:
    """A day with the time, as ``4 Nov 2026 10:40``."""
    return _(
        "{day} {month} {year} {clock}",
        day=when.day,
        month=months()[when.month - 1],
        year=when.year,
        clock=f"{when:%H:%M}",
    )


def days(starts: str, ends: str) -> str:
    """Two ISO days as ``3–5 Nov 2026``."""
    if starts == ends:
        return day(starts)
    first, last = date.fromisoformat(starts), date.fromisoformat(ends)
    if (first.year, first.month) == (last.year, last.month):
        # Translators: from the first day to the last, which is a whole date: 3–5 Nov 2026
        return _("{first}–{last}", first=first.day, last=day(ends))
    if first.year == last.year:
        month = months()[first.month - 1]
        # Translators: from a day of one month to the last, which is a whole date: 30 Oct – 2 Nov 2026
        return _("{day} {month} – {last}", day=first.day, month=month, last=day(ends))
    # Translators: two whole dates: 30 Dec 2026 – 2 Jan 2027
    return _("{first} – {last}", first=day(starts), last=day(ends))


def _speech() -> gettext.NullTranslations:
    return _PLAIN if _english.get() else _catalogue


def _of_machine() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value
    if sys.platform == "win32":
        import ctypes
        import locale

        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), ENGLISH)
    return ENGLISH
