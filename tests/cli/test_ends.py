"""How commands end when something goes wrong."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from inspect_kit.cli import program


def test_without_a_terminal_the_screens_are_refused_with_a_hint_to_the_commands(run, own_process):
    ended = run()
    assert ended.code == 1
    assert "inspect-kit --help" in ended.complaint
    ended = own_process(TERM="dumb")
    assert ended.returncode == 1
    assert ended.stderr.count(b"\n") == 1


def test_an_unknown_command_is_wrong_usage_and_a_near_one_is_offered(run):
    ended = run("visti")
    assert ended.code == 2
    assert "visit" in ended.err.split("\n")[-2]


def test_a_word_that_would_command_the_terminal_is_shown_as_it_is(run):
    for words in (["\x1b[31m"], ["visit", "list", "--\x1b[31m"], ["visit", "show", "a", "\x1b[31m"]):
        ended = run(*words)
        assert ended.code == 2
        assert "\x1b" not in ended.err


def test_a_noun_without_a_verb_shows_its_verbs(run):
    ended = run("visit")
    assert ended.code == 2
    assert "show  " in ended.err
    assert "Traceback" not in ended.err


def _breaking(problem: BaseException):
    def invoke(*arguments: object, **named: object) -> None:
        raise problem

    return invoke


@pytest.mark.parametrize(
    ("problem", "code", "said"),
    [
        (KeyboardInterrupt(), 130, "Interrupted"),
        (PermissionError(13, "Permission denied", "a.casebook"), 1, "a.casebook may not be read"),
        (OSError(28, "No space left on device", "a.casebook"), 1, "disk is full"),
        (OSError(28, "No space left on device"), 1, "The output cannot be written: No space left on device"),
        (RuntimeError("first\nsecond \x1b[31m"), 1, "This should not happen (RuntimeError: first second"),
    ],
)
def test_whatever_breaks_ends_in_one_line_and_its_code(problem, code, said, run, monkeypatch):
    monkeypatch.setattr(program.program, "invoke", _breaking(problem))
    ended = run("visit", "list")
    assert ended.code == code
    assert said in ended.err
    assert "\x1b" not in ended.err
    assert len(ended.err.strip().split("\n")) == 1


def test_a_developer_can_see_where_it_broke(capsys, monkeypatch):
    monkeypatch.setattr(program.program, "invoke", _breaking(RuntimeError("here")))
    monkeypatch.setenv("INSPECT_KIT_DEBUG", "1")
    with pytest.raises(RuntimeError, match="here"):
        program.main(["visit", "list"])


@pytest.mark.parametrize("words", [["standard", "list", "--json"], ["standard", "show", "25.3"]], ids=" ".join)
def test_a_reader_who_leaves_early_is_no_error_worth_a_word(words):
    pipe = subprocess.Popen(
        [sys.executable, "-m", "inspect_kit", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert pipe.stdout is not None
    assert pipe.stderr is not None
    pipe.stdout.close()
    assert pipe.stderr.read() == b""
    pipe.stderr.close()
    assert pipe.wait(30) == 1


def test_ctrl_c_ends_a_command_with_130_and_what_was_saved_stays(casebook, done):
    code = (
        "import inspect_kit.work.samples as samples, time, sys\n"
        "from inspect_kit.cli import main\n"
        "def load(book, name):\n"
        "    from inspect_kit.model import Facility\n"
        "    book.add_facility(Facility('Saved before'))\n"
        "    print('ready', flush=True)\n"
        "    time.sleep(30)\n"
        "samples.load_sample = load\n"
        "main(['sample', 'load', 'north-full'])"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ, text=True
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "ready\n"
    time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=30)
    assert running.returncode == 130
    assert "Interrupted" in said
    assert "Traceback" not in said
    assert done("facility", "list", "--json").json[0]["name"] == "Saved before"


def test_the_program_ends_with_the_same_codes_as_a_process_of_its_own(own_process, casebook):
    assert own_process("visit", "list").returncode == 0
    refused = own_process("visit", "show", "NOSUCHVISIT")
    assert refused.returncode == 1
    assert refused.stderr.count(b"\n") == 1
    assert own_process("visit", "shout").returncode == 2
    assert own_process("verify", "nowhere.pdf").returncode == 1


def test_a_path_that_is_no_text_is_refused_in_one_line(run, casebook):
    name = os.fsdecode(b"br\xffken.casebook")
    ended = run("visit", "list", "--casebook", name)
    assert ended.code == 1
    assert r"br\udcffken" in ended.complaint
    Path(name).write_bytes(b"x")
    assert run("verify", name).code == 1


def test_json_stays_one_document_where_a_path_is_no_text(done):
    name = os.fsdecode(b"br\xffken.casebook")
    done("casebook", "create", "--no-passphrase", "--casebook", name)
    assert done("doctor", "--json", "--casebook", name).json["casebook"] == name
