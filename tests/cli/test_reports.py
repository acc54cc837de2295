"""Reports: written, signed, verified; and the demo, which does all three."""

from pathlib import Path

import pytest

from inspect_kit.work.desk import default_casebook


@pytest.fixture
def chair(done):
    """The chair's key, whom nobody here knows."""
    done("identity", "create", "--name", "Chair Example", "--out", "chair.p12", "--no-passphrase")
    return Path("chair.p12")


@pytest.fixture
def report(done, visit):
    done("record", visit, "hygiene.showers", "--assessment", "met", "--note", "All ran.")
    done("report", visit, "--edition", "authority", "--out", "report.pdf")
    return Path("report.pdf")


def test_a_report_is_written_signed_and_verified(done, run, report, chair):
    unsigned = run("verify", report, "--json")
    assert unsigned.code == 3
    assert unsigned.json["valid"] is False
    assert unsigned.json["signers"] == []
    assert "inspector" in done("sign", report).out
    begun = run("verify", report, "--json")
    assert begun.code == 3
    assert (begun.json["file"], begun.json["valid"], begun.json["complete"]) == ("report.pdf", False, False)
    (signer,) = begun.json["signers"]
    assert (signer["role"], signer["valid"], signer["trusted"]) == ("inspector", True, True)
    assert "still to sign: the chair" in begun.json["problems"][0]
    assert run("verify", report).out.startswith("NOT COMPLETE YET: report.pdf is unchanged")
    done("sign", report, "--role", "chair", "--as", chair)
    ended = run("verify", report, "--json", "--require-trusted")
    assert ended.code == 3
    assert [(signer["name"], signer["trusted"]) for signer in ended.json["signers"]][1] == ("Chair Example", False)
    closed = done("verify", report, "--json").json
    assert (closed["valid"], closed["complete"], closed["missing"], closed["pages"]) == (True, True, [], "same")
    assert "VALID" in done("verify", report).out
    assert "same to the byte" in done("verify", report).out
    assert "not trusted by you" in done("verify", report).out
    assert done("verify", report, "--as", "chair.p12", "--require-trusted").code == 0


def test_a_signed_report_is_never_written_over(done, run, visit, report):
    done("sign", report)
    signed = report.read_bytes()
    ended = run("report", visit, "--edition", "authority", "--out", "report.pdf")
    assert ended.code == 1
    assert "never overwritten" in ended.err
    assert report.read_bytes() == signed


def test_a_report_that_was_changed_after_signing_does_not_verify(done, run, report):
    done("sign", report)
    data = bytearray(report.read_bytes())
    data[data.index(b"stream\n") + 40] ^= 1
    report.write_bytes(data)
    ended = run("verify", report, "--json")
    assert ended.code == 3
    assert ended.json["valid"] is False
    assert ended.json["problems"]
    assert ended.err.count("\n") == 1
    assert run("verify", report).out.startswith("NOT VALID")


def test_a_report_that_is_cut_short_does_not_verify_either(done, run, report):
    done("sign", report)
    report.write_bytes(report.read_bytes()[:-900])
    ended = run("verify", report, "--json")
    assert ended.code == 3
    assert "cut short" in ended.json["problems"][0]
    assert ended.err.count("\n") == 1


def test_a_signer_from_the_casebook_is_known_even_where_its_own_identity_is_locked(done, run, report, monkeypatch):
    done("identity", "create", "--name", "Ana Example", "--out", "bea.p12", "--no-passphrase")
    done("facility", "add", "--name", "Two", "--as", "bea.p12")
    done("sign", report, "--as", "bea.p12")
    done("sign", report, "--as", "bea.p12", "--role", "chair")
    assert done("verify", report, "--require-trusted").code == 0
    Path("other.casebook").unlink(missing_ok=True)
    done("casebook", "create", "--no-passphrase", "--casebook", "other.casebook")
    assert run("verify", report, "--require-trusted", "--casebook", "other.casebook").code == 3


def test_a_locked_default_casebook_does_not_hinder_a_check(done, run, report, tmp_path):
    done("sign", report)
    done("sign", report, "--role", "chair")
    for leftover in default_casebook().parent.glob("inspections.casebook*"):
        leftover.unlink()
    Path("secret.txt").write_text("river stone lamp", encoding="utf-8")
    done("casebook", "create", "--passphrase-file", "secret.txt")
    ended = done("verify", report, "--json")
    assert ended.json["valid"] is True
    assert "locked" in ended.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["NOSUCHVISIT", "--edition", "public", "--out", "r.pdf"], "NOSUCHVISIT"),
        (["VISIT", "--edition", "private", "--out", "r.pdf"], "internal, authority, public"),
        (["VISIT", "--edition", "public", "--out", "nowhere/r.pdf"], "nowhere"),
        (["VISIT", "--edition", "public", "--out", "."], "."),
    ],
)
def test_a_report_that_cannot_be_written_is_refused_in_one_line(words, said, run, visit):
    ended = run("report", *[visit if word == "VISIT" else word for word in words])
    assert ended.code == 1
    assert said in ended.complaint
    assert not Path("r.pdf").exists()


def test_a_report_never_takes_the_place_of_a_casebook_or_a_key(run, visit):
    path = default_casebook()
    before = path.read_bytes()
    ended = run("report", visit, "--edition", "public", "--out", path)
    assert ended.code == 1
    assert "is no PDF" in ended.complaint
    assert path.read_bytes() == before


def test_an_earlier_report_is_replaced_by_the_new_one_and_stays_where_that_fails(done, run, visit, report):
    before = report.read_bytes()
    assert run("report", visit, "--edition", "private", "--out", report).code == 1
    assert report.read_bytes() == before
    done("report", visit, "--edition", "public", "--out", report)
    assert report.read_bytes() != before


@pytest.mark.parametrize("command", ["sign", "verify"])
def test_a_file_that_is_missing_or_no_report_is_refused_in_one_line(command, run, visit):
    Path("notes.txt").write_text("some notes", encoding="utf-8")
    Path("broken.pdf").write_bytes(b"%PDF-1.7\nbut nothing more")
    for name in ("nowhere.pdf", "notes.txt", "."):
        ended = run(command, name)
        assert ended.code == 1, name
        assert ended.complaint
    ended = run(command, "broken.pdf")
    assert ended.code == (1 if command == "sign" else 3)
    assert "damaged or cut short" in ended.err


def test_an_unknown_role_is_refused_in_one_line(run, report):
    assert "inspector, chair" in run("sign", report, "--role", "judge").complaint


def test_who_has_no_identity_cannot_sign_and_is_told_how_to_make_one(run, at_work, done):
    done("report", at_work.visit, "--edition", "public", "--out", "r.pdf", "--casebook", at_work.path)
    ended = run("sign", "r.pdf")
    assert ended.code == 1
    assert "identity create" in ended.complaint


def test_the_demo_makes_a_signed_report_that_verifies_in_a_folder_of_its_own(done, run):
    Path("inspect-kit-demo").mkdir()
    said = done("demo", "--no-tui")
    folder = Path("inspect-kit-demo-2")
    for name in ("demo.casebook", "north-report.pdf", "demo-inspector.p12"):
        assert (folder / name).is_file()
        assert str(folder / name) in said.out
    assert "The report verifies: signed by" in said.out
    assert list(Path("inspect-kit-demo").iterdir()) == []
    assert not default_casebook().exists()
    (visit,) = done("visit", "list", "--json", "--casebook", folder / "demo.casebook").json
    assert f"visit show {visit['id'][-6:]}" in said.out
    ended = run("demo", "--out", folder)
    assert ended.code == 1
    assert "is there already" in ended.complaint


def test_a_demo_whose_report_does_not_verify_ends_with_three(run, monkeypatch):
    import inspect_kit.work.demo
    from inspect_kit.export.report import Verification
    from inspect_kit.work.demo import Demo

    bad = Verification(valid=False, signers=(), awaiting=(), problems=("A page was changed.",))
    made = Demo(Path("a"), "01ABCDEF", Path("b"), Path("c"), bad)
    monkeypatch.setattr(inspect_kit.work.demo, "run_demo", lambda folder: made)
    ended = run("demo", "--out", "x")
    assert ended.code == 3
    assert "A page was changed." in ended.err


@pytest.mark.parametrize(("more", "opened"), [([], True), (["--no-tui"], False)])
def test_on_a_terminal_the_demo_ends_in_the_screens_unless_they_are_not_wanted(more, opened, run, monkeypatch):
    import inspect_kit.tui
    import inspect_kit.work.demo
    from inspect_kit.cli import demo as module
    from inspect_kit.export.report import Verification
    from inspect_kit.work.demo import Demo

    calls = []
    fine = Verification(valid=True, signers=(), awaiting=(), problems=())
    made = Demo(Path("a"), "01ABCDEF", Path("b"), Path("c"), fine)
    monkeypatch.setattr(inspect_kit.work.demo, "run_demo", lambda folder: made)
    monkeypatch.setattr(inspect_kit.tui, "run", lambda *given, **_: calls.append(given) or 0)
    monkeypatch.setattr(module, "has_screen", lambda: True)
    assert run("demo", "--out", "x", *more).code == 0
    assert calls == ([(Path("a"), Path("c"), None, "01ABCDEF")] if opened else [])
