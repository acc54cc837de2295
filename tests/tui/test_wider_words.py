"""Other languages say things in longer words: key lines, forms and choices measure them; dates and keys follow them."""

import pytest
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from inspect_kit.tui import words
from inspect_kit.tui.keys import called
from inspect_kit.tui.theme import THEMES
from inspect_kit.tui.widgets.choice import Choice
from inspect_kit.tui.widgets.form import Row, line, text
from inspect_kit.tui.widgets.lines import KeysLine


class Ours(App[None]):
    """An application with our colours."""

    def on_load(self) -> None:
        """Take them."""
        self.register_theme(THEMES["dark"])
        self.theme = THEMES["dark"].name


class KeysOnly(Ours):
    """A screen with nothing but its keys."""

    def compose(self) -> ComposeResult:
        """One line."""
        yield KeysLine((("n", "écrire la note"), ("e", "preuve"), ("?", "touches"), ("esc", "retour à l'accueil")))


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (80, "n écrire la note  e preuve  ? touches  esc retour à l'accueil"),
        (50, "n écrire la note  e preuve  ? touches"),
        (39, "n écrire la note  e preuve  ? touches"),
        (38, "n écrire la note  ? touches"),
        (29, "n écrire la note  ? touches"),
        (20, "? touches"),
    ],
)
async def test_keys_that_do_not_fit_are_left_out_whole_and_the_one_that_shows_them_stays(
    width: int, shown: str
) -> None:
    async with KeysOnly().run_test(size=(width, 3)) as pilot:
        assert pilot.app.query_one(KeysLine).render().plain.rstrip() == shown


class Rows(Ours):
    """Fields as in a form, with words that are longer than ours."""

    def compose(self) -> ComposeResult:
        """Two forms."""
        with Vertical(id="short"):
            yield Row("Where", line("", "such as: washrooms", id="place"))
            yield Row("What shall be done", text("", id="what"))
        with Vertical(id="long"):
            yield Row("Où", line("", "par exemple : la cour où partent les transports", id="ou"))
            yield Row("Groupe d'origine", line(id="groupe"))
            yield Row("Recommandation pour la suite", text(id="suite"))
            yield Row("Le nom complet de l'établissement", line(id="nom"))


async def test_labels_stand_in_one_column_that_holds_the_longest() -> None:
    async with Rows().run_test(size=(60, 30)) as pilot:
        for part, width in (("#short", 13), ("#long", 17)):
            labels = list(pilot.app.query(f"{part} .label").results(Static))
            assert len(labels) > 1
            assert {label.outer_size.width for label in labels} == {width}


async def test_a_hint_that_is_wider_than_its_field_says_that_it_goes_on() -> None:
    async with Rows().run_test(size=(60, 30)) as pilot:
        short, long = pilot.app.query_one("#place"), pilot.app.query_one("#ou")
        assert short.render_line(0).text.strip() == "such as: washrooms"
        assert long.render_line(0).text.rstrip() == "par exemple : la cour où partent les trans…"


async def test_a_click_beside_a_wide_word_chooses_the_next_one() -> None:
    class One(Ours):
        def compose(self) -> ComposeResult:
            yield Choice([("one", "女性"), ("two", "b"), ("three", "c")])

    async with One().run_test(size=(40, 3)) as pilot:
        choice = pilot.app.query_one(Choice)
        for at, value in ((7, "two"), (5, "one"), (10, "three")):
            await pilot.click(Choice, offset=(at, 0))
            assert choice.value == value


def test_a_key_stands_where_the_sentence_has_it() -> None:
    said = words.styled("Avec {key}, on en trouve un.", "$quiet", key=("o", "bold"))
    assert said.plain == "Avec o, on en trouve un."
    assert [(said.plain[span.start : span.end], span.style) for span in said.spans] == [
        ("Avec ", "$quiet"),
        ("o", "bold"),
        (", on en trouve un.", "$quiet"),
    ]


def test_keys_are_called_as_on_the_keyboard() -> None:
    keys = ("escape", "enter", "pagedown", "home", "question_mark", "f2", "left", "n")
    assert [called(key) for key in keys] == ["esc", "enter", "PgDn", "Home", "?", "F2", "←", "n"]
