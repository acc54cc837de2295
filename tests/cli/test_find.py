"""Finding a visit's items on the command line."""


def test_a_word_of_a_note_finds_its_item_in_the_promised_shape(done, visit):
    done("record", visit, "hygiene.showers", "--assessment", "not-met", "--note", "Three of eight cold\nin [/b] May.")
    assert done("find", visit[-6:], "MAY", "cold", "--json").json == [
        {
            "item": "hygiene.showers",
            "label": "Warm, private showers",
            "assessment": "not-met",
            "found_in": "note",
            "excerpt": "Three of eight cold in [/b] May.",
            "marks": [[15, 19], [28, 31]],
        }
    ]
    text = done("find", visit, "may", "cold").out
    assert text == ("hygiene.showers: Warm, private showers (not met)\n  note: Three of eight cold in [/b] May.\n")


def test_a_rule_is_found_by_its_number(done, visit):
    hits = done("find", visit, "rule", "5", "--json").json
    assert all("BR-5" in hit["excerpt"] for hit in hits[:3])


def test_nothing_found_is_said_and_is_no_failure(done, visit):
    assert done("find", visit, 'zzz" OR *', "--json").json == []
    assert done("find", visit, "zzz").out.startswith("Nothing in this visit has all of that")


def test_a_word_has_to_be_given_and_the_visit_to_be_known(run, visit):
    assert run("find", visit).code == 2
    assert "No visit" in run("find", "WXYZ9", "x").complaint
