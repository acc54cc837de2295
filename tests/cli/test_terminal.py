"""What happens on a real terminal: hidden passphrases, and the screens."""

import os
import pty
import select
import sys
import time
from pathlib import Path

import pytest

from inspect_kit.casebook import Casebook
from inspect_kit.identity import create, save
from inspect_kit.work.desk import default_casebook

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")


class Terminal:
    """A command on a terminal of its own; we type and read."""

    def __init__(self, *arguments: str, start: tuple[str, str] = ("-m", "inspect_kit"), **environment: str) -> None:
        self.said = ""
        self.pid, self.handle = pty.fork()
        if self.pid == 0:
            command = [sys.executable, *start, *arguments]
            os.execvpe(command[0], command, os.environ | {"TERM": "xterm"} | environment)  # noqa: S606 (our own program)

    def wait_for(self, words: str, times: int = 1) -> None:
        end = time.monotonic() + 20
        while self.said.count(words) < times:
            assert time.monotonic() < end, self.said
            if not self._read():
                raise AssertionError(self.said)

    def type(self, text: str) -> None:
        os.write(self.handle, text.encode())

    def ends(self) -> int:
        while self._read():
            pass
        os.close(self.handle)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def _read(self) -> bool:
        if not select.select([self.handle], [], [], 20)[0]:
            return False
        try:
            data = os.read(self.handle, 65536)
        except OSError:  # Linux reports the end of a terminal so
            return False
        self.said += data.decode(errors="replace")
        return bool(data)


def test_a_new_passphrase_is_typed_twice_and_never_shown():
    terminal = Terminal("casebook", "create")
    terminal.wait_for("Passphrase for the casebook")
    terminal.type("river stone\n")
    terminal.wait_for("The same again")
    terminal.type("river stone\n")
    assert terminal.ends() == 0
    assert "river" not in terminal.said
    Casebook.open(default_casebook(), "river stone").close()


def test_a_passphrase_is_asked_for_again_when_it_was_wrong():
    Casebook.create(Path("a.casebook"), "river stone").close()
    terminal = Terminal("visit", "list", "--casebook", "a.casebook")
    terminal.wait_for("Passphrase for the casebook a.casebook")
    terminal.type("wrong\n")
    terminal.wait_for("Passphrase for the casebook", times=2)  # typing ahead is discarded
    assert "does not open" in terminal.said
    terminal.type("river stone\n")
    assert terminal.ends() == 0
    assert "No visit yet" in terminal.said
    assert "wrong" not in terminal.said


def test_only_where_the_casebooks_passphrase_does_not_open_the_identity_is_its_own_asked_for():
    Casebook.create(Path("a.casebook"), "river stone").close()
    for name, passphrase in (("one", "river stone"), ("two", "lamp post")):
        save(create("Ana Example", passphrase=passphrase), Path(f"{name}.p12"))
    words = ("facility", "add", "--name", "North", "--casebook", "a.casebook", "--as")
    terminal = Terminal(*words, "one.p12")
    terminal.wait_for("Passphrase for the casebook a.casebook")
    terminal.type("river stone\n")
    assert terminal.ends() == 0
    assert "Passphrase for the identity" not in terminal.said
    terminal = Terminal(*words, "two.p12")
    terminal.wait_for("Passphrase for the casebook a.casebook")
    terminal.type("river stone\n")
    terminal.wait_for("Passphrase for the identity two.p12")
    terminal.type("lamp post\n")
    assert terminal.ends() == 0


@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("n", 1)])
def test_before_somebody_is_trusted_the_question_is_asked(answer, code, done):
    done("casebook", "create", "--no-passphrase")
    save(create("Ana Example"), Path("ana.p12"))
    terminal = Terminal("identity", "trust", "ana.p12")
    terminal.wait_for("Did you compare these words with Ana Example by voice?")
    terminal.type(f"{answer}\n")
    assert terminal.ends() == code
    assert len(done("identity", "list", "--json").json) == (1 - code)


def test_ctrl_c_at_the_passphrase_leaves_with_130_and_nothing_made():
    terminal = Terminal("casebook", "create")
    terminal.wait_for("Passphrase for the casebook")
    terminal.type("\x03")
    assert terminal.ends() == 130
    assert "Traceback" not in terminal.said
    assert not default_casebook().exists()


def test_on_a_terminal_the_program_alone_opens_the_screens_on_the_casebook(done):
    done("casebook", "create", "--no-passphrase")
    code = (
        "import inspect_kit.tui\n"
        "inspect_kit.tui.run = lambda *given, **named: print('screens', given, named) or 7\n"
        "from inspect_kit.cli import main\n"
        "main(['--casebook', 'named.casebook', '--as', 'me.p12'])"
    )
    terminal = Terminal(start=("-c", code))
    assert terminal.ends() == 7
    assert "screens (PosixPath('named.casebook'), PosixPath('me.p12'), None, None)" in terminal.said


def test_a_terminal_that_cannot_draw_is_offered_the_commands():
    terminal = Terminal(TERM="dumb")
    assert terminal.ends() == 1
    assert "inspect-kit --help" in terminal.said


def test_the_screens_begin_on_a_real_terminal_and_let_their_user_leave(done):
    done("casebook", "create", "--no-passphrase")
    terminal = Terminal()
    terminal.wait_for("\x1b[?1049h")  # the terminal's second page, on which screens are drawn
    terminal.wait_for("\x1b[?25l")
    time.sleep(0.5)
    terminal.type("\x11")
    assert terminal.ends() == 0
    assert "Traceback" not in terminal.said
