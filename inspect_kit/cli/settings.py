"""``settings``: what a person can set, what holds, and the names of all keys."""

from dataclasses import replace

import click

from inspect_kit.cli.lazy import Verb
from inspect_kit.cli.printing import note, show, show_heading, show_json, show_table
from inspect_kit.language import _, ngettext


@click.command(cls=Verb)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def settings(as_json: bool) -> None:
    """Show your settings, and the keys of every screen.

    They stand in one file, settings.toml, which you write in any editor; all of it is optional. Another key is given
    to an action by its name, in a section [keys]: "inspect.note" = "m"
    """
    from inspect_kit.tui.keymap import all_actions, check_keys
    from inspect_kit.tui.keys import all_called
    from inspect_kit.work.settings import as_written, meanings, read_settings, settings_file

    held, problems = read_settings()
    own, refused = check_keys(held.keys)
    held = replace(held, keys=own)
    problems = (*problems, *refused)
    actions = all_actions().values()
    file = settings_file()
    meant = meanings()
    values = {name: getattr(held, name) for name in meant}
    if as_json:
        keys = [
            {
                "action": action.id,
                "keys": own[action.id].split(",") if action.id in own else list(action.keys),
                "does": action.described,
            }
            for action in actions
        ]
        show_json({"file": str(file), "problems": list(problems), **values, "keys": keys})
        return
    show(str(file) if file.exists() else _("{path}  (not there yet: the usual settings hold)", path=file))
    show_heading(_("Settings"))
    # Translators: so many keys are changed
    changed = ngettext("{count} changed", "{count} changed", len(own))
    values = {name: changed if name == "keys" else as_written(values[name]) for name in meant}
    rows = [(name, values[name], meant[name]) for name in meant]
    show_table((_("name"), _("value"), _("what it means")), rows, wraps=(2,))
    show_heading(_("Keys"))
    rows = []
    for action in actions:
        usual = all_called(action.keys)
        mine = all_called(own[action.id].split(",")) if action.id in own else usual
        rows.append(
            (
                action.id,
                mine if mine == usual else _("{keys} (usually {usual})", keys=mine, usual=usual),
                action.described,
            )
        )
    show_table((_("action"), _("keys"), _("what it does")), rows, wraps=(2,))
    for problem in problems:
        note(problem)
