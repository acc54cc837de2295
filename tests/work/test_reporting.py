"""Reports from a casebook: what is sealed, what is refused before anything is written."""

from pathlib import Path

import pytest

from inspect_kit.casebook import Casebook
from inspect_kit.errors import ReportError
from inspect_kit.export.report import SignerRole, sign_report, verify_report
from inspect_kit.model import Assessment, Edition
from inspect_kit.work.desk import sign_in
from inspect_kit.work.reporting import Print, Step, make_and_sign, make_report, whole_seals
from inspect_kit.work.settings import settings_file


def test_who_went_on_after_her_seal_is_named_in_the_report_as_unsealed(at_work, ines, tmp_path):
    book, visit = at_work.casebook, at_work.visit
    book.judge(visit, "hygiene.showers", Assessment.MET, narrative="All ran.")
    book.seal(ines, visit)
    assert {seal.author[:64] for seal in whole_seals(book, visit)} == {ines.fingerprint}
    book.judge(visit, "hygiene.showers", Assessment.NOT_MET, narrative="None ran.")
    assert whole_seals(book, visit) == ()
    make_report(book, visit, Edition.AUTHORITY, tmp_path / "r.pdf")
    assert verify_report(tmp_path / "r.pdf").unsealed == ("Ines Example",)
    assert make_report(book, visit, Edition.AUTHORITY, tmp_path / "r.pdf", ines) == ""
    sign_report(tmp_path / "r.pdf", ines, SignerRole.INSPECTOR)
    assert verify_report(tmp_path / "r.pdf").unsealed == ()
    assert [seal.seq for seal in whole_seals(book, visit)] == [max(seal.seq for seal in book.seals(visit))]


@pytest.fixture
def disputed(at_work, omar, tmp_path):
    """A visit on whose showers two people hold different views; its casebook."""
    from inspect_kit.identity import save

    book, visit = at_work.casebook, at_work.visit
    book.share([visit], tmp_path / "omar.casebook", None)
    save(omar, tmp_path / "omar.p12")
    with Casebook.open(tmp_path / "omar.casebook") as other:
        sign_in(other, tmp_path / "omar.p12", None)
        other.judge(visit, "hygiene.showers", Assessment.NOT_MET, narrative="None ran.")
    book.judge(visit, "hygiene.showers", Assessment.MET, narrative="All ran.")
    book.sync(tmp_path / "omar.casebook")
    return book


@pytest.mark.parametrize("edition", [Edition.AUTHORITY, Edition.PUBLIC])
def test_while_people_differ_nothing_is_written_for_others_and_it_is_said_what_to_settle(
    edition, disputed, at_work, tmp_path
):
    with pytest.raises(ReportError, match=r"hygiene\.showers.*settle it first"):
        make_report(disputed, at_work.visit, edition, tmp_path / "r.pdf")
    assert not (tmp_path / "r.pdf").exists()


def test_while_people_differ_the_team_has_a_working_paper_that_nobody_signs(disputed, at_work, ines, tmp_path):
    from inspect_kit.identity import save

    out = tmp_path / "r.pdf"
    make_report(disputed, at_work.visit, Edition.INTERNAL, out)
    assert verify_report(out).signers == ()
    save(ines, tmp_path / "ines.p12")
    with pytest.raises(ReportError, match="settle it first"):
        make_and_sign(disputed, at_work.visit, tmp_path / "s.pdf", tmp_path / "ines.p12", None, lambda *_: "")
    assert not (tmp_path / "s.pdf").exists()


@pytest.mark.parametrize("step", [Step.WRITING, Step.SIGNING])
def test_what_is_called_off_before_it_is_signed_leaves_nothing(step, at_work, ines, tmp_path):
    from inspect_kit.identity import save

    save(ines, tmp_path / "ines.p12")
    out, seen = tmp_path / "r.pdf", []

    def write(file: Path, me: object) -> str:
        return make_report(at_work.casebook, at_work.visit, Edition.INTERNAL, file)

    def progress(now: Step) -> bool:
        seen.append(now)
        return now is not step

    with pytest.raises(ReportError, match="Called off"):
        make_and_sign(at_work.casebook, at_work.visit, out, tmp_path / "ines.p12", None, write, progress)
    assert seen[-1] is step
    assert not out.exists()


def test_the_fonts_of_the_settings_are_tried_after_those_that_were_named():
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text('paper = "letter"\nfonts = ["/fonts/Two.ttf", "~/Three.ttf"]\n', encoding="utf-8")
    how = Print.wanted(fonts=[Path("/fonts/One.ttf"), Path("/fonts/Two.ttf")])
    assert how.paper == "letter"
    assert how.fonts == (Path("/fonts/One.ttf"), Path("/fonts/Two.ttf"), Path.home() / "Three.ttf")
