"""A person's own settings: read without ever failing, written without losing a line."""

from pathlib import Path

import pytest

from inspect_kit.errors import BadInputError
from inspect_kit.work.settings import Settings, meanings, read_settings, settings_file, write_setting


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def test_without_a_file_the_usual_settings_hold_and_nothing_is_said(file: Path) -> None:
    assert read_settings(file) == (Settings(), ())
    assert Settings() == Settings("dark", True, "a4", {})


def test_what_is_set_holds(file: Path) -> None:
    file.write_text('theme = "light"\nmouse = false\npaper = "letter"\n\n[keys]\n"inspect.note" = "m"\n')
    settings, problems = read_settings(file)
    assert settings == Settings("light", False, "letter", {"inspect.note": "m"})
    assert problems == ()


def test_the_keys_may_stand_on_one_line(file: Path) -> None:
    file.write_text('keys = {"inspect.note" = "m", "items.next" = "down,t"}\n')
    assert read_settings(file)[0].keys == {"inspect.note": "m", "items.next": "down,t"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('theme = "blue"', 'line 2: theme cannot be "blue": write "dark", "light", "high-contrast", "plain".'),
        ("theme = 3", "line 2: theme cannot be 3"),
        ("theme = {a = 1}", "line 2: theme cannot be a section"),
        ('mouse = "no"', 'line 2: mouse cannot be "no": write true or false. true holds instead.'),
        ("mouse = 0", "line 2: mouse cannot be 0"),
        ('paper = "A3"', 'line 2: paper cannot be "A3": write "a4" or "letter". "a4" holds instead.'),
        ('colour = "red"', "line 2: “colour” is no setting; there are theme, mouse, paper, keys, language, fonts."),
        ("keys = 4", "line 2: keys cannot be 4: write a [keys] section."),
        ("keys = {next = 4}", "the key of next cannot be 4: write a key in quotation marks."),
        ('keys = {next = ""}', 'the key of next cannot be ""'),
        (
            '[keys]\ninspect.note = "m"',
            "line 3: the key of inspect cannot be a section: write a key in quotation marks",
        ),
    ],
)
def test_what_cannot_be_followed_is_told_with_its_line_and_the_usual_holds(file: Path, line: str, said: str) -> None:
    file.write_text(f"# mine\n{line}\n")
    settings, problems = read_settings(file)
    assert settings == Settings()
    assert len(problems) == 1
    assert said in problems[0]


def test_one_mistake_does_not_undo_the_rest(file: Path) -> None:
    file.write_text('theme = "blue"\nmouse = false\n[keys]\n"a.b" = 4\n"inspect.note" = "m"\n')
    settings, problems = read_settings(file)
    assert (settings.mouse, dict(settings.keys)) == (False, {"inspect.note": "m"})
    assert len(problems) == 2


@pytest.mark.parametrize(
    "content",
    [b"theme = \n", b"theme = dark", b"\xff\xfe", b"a = " + b"[" * 100_000],
    ids=["none", "bare", "bytes", "deep"],
)
def test_a_file_that_is_no_toml_is_told_in_a_sentence_and_never_written_over(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    settings, (problem,) = read_settings(file)
    assert settings == Settings()
    assert str(file) in problem
    assert problem.endswith("Until then the usual settings hold.")
    with pytest.raises(BadInputError):
        write_setting("theme", "light", file)
    assert file.read_bytes() == content


def test_a_file_that_may_not_be_read_is_told(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text("mouse = false\n")

    def refused(*_: object, **__: object) -> None:  # a mode of 0 would not stop root, as whom CI runs
        raise PermissionError

    monkeypatch.setattr(Path, "open", refused)
    assert "may not be read" in read_settings(file)[1][0]


def test_a_folder_in_the_files_place_is_told(file: Path) -> None:
    file.mkdir()
    assert read_settings(file)[0] == Settings()
    assert "is not an ordinary file" in read_settings(file)[1][0]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'theme = "light"\n'),
        ("mouse = false", 'mouse = false\ntheme = "light"\n'),
        ('# mine\ntheme = "dark"  # calm\nmouse = true\n', '# mine\ntheme = "light"  # calm\nmouse = true\n'),
        ("theme='dark'\r\nmouse = true\r\n", 'theme="light"\r\nmouse = true\r\n'),
        ('# mine\n\n[keys]\n"a.b" = "m"\n', '# mine\ntheme = "light"\n\n[keys]\n"a.b" = "m"\n'),
        ('[keys]\n"a.b" = "m"\n', 'theme = "light"\n\n[keys]\n"a.b" = "m"\n'),
        ('# theme = "dark"\n', '# theme = "dark"\ntheme = "light"\n'),
        ('[keys]\ntheme = "m"\n', 'theme = "light"\n\n[keys]\ntheme = "m"\n'),
        ('\ufefftheme = "dark"\n', 'theme = "light"\n'),
    ],
)
def test_writing_one_setting_keeps_every_other_line(file: Path, before: str, after: str) -> None:
    file.write_bytes(before.encode())
    write_setting("theme", "light", file)
    assert file.read_bytes().decode() == after
    assert read_settings(file)[0].theme == "light"


def test_what_only_its_writer_can_change_is_left_alone(file: Path) -> None:
    text = 'theme = """\ndark"""\n'
    file.write_text(text)
    with pytest.raises(BadInputError, match="only you can change"):
        write_setting("theme", "light", file)
    assert file.read_text() == text


def test_the_first_setting_makes_the_folder(home: Path) -> None:
    write_setting("mouse", False)
    assert settings_file().is_relative_to(home)
    assert settings_file().read_text() == "mouse = false\n"


def test_a_link_to_a_file_kept_elsewhere_stays_a_link(tmp_path: Path, file: Path) -> None:
    kept = tmp_path / "dotfiles.toml"
    kept.write_text("mouse = false\n")
    file.symlink_to(kept)
    write_setting("theme", "light", file)
    assert file.is_symlink()
    assert read_settings(kept)[0] == Settings("light", mouse=False)


def test_the_description_of_the_file_names_every_setting() -> None:
    import inspect_kit.work.settings as module

    assert all(f"- **{name}**" in (module.__doc__ or "") for name in meanings())


def test_fonts_are_a_list_of_paths_and_anything_else_is_told(home):
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text('fonts = ["/fonts/Thai.ttf"]\n', encoding="utf-8")
    assert read_settings() == (Settings(fonts=("/fonts/Thai.ttf",)), ())
    for wrong in ('"/fonts/Thai.ttf"', "[1]", "true"):
        settings_file().write_text(f"fonts = {wrong}\n", encoding="utf-8")
        held, (problem,) = read_settings()
        assert held == Settings()
        assert "within square brackets" in problem
