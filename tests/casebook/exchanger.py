"""An inspector who exchanges files in a process of her own, over and over, and prints each act once it is done.

Run as: exchanger.py sync|give|share CASEBOOK KEYFILE VISIT SOURCE FOLDER

sync: takes SOURCE in, each time into a copy of CASEBOOK. give: takes and gives back, each time to a copy of SOURCE.
share: writes a new file each time.
"""

import shutil
import sys
from pathlib import Path

from inspect_kit.casebook import Casebook

what, book, key, visit, source, folder = sys.argv[1:]
sys.stdout.write("ready\n")
sys.stdout.flush()
for number in range(10_000):
    ours, theirs = Path(folder) / f"ours {number}.casebook", Path(folder) / f"theirs {number}.casebook"
    shutil.copy(book, ours)
    if what != "share":
        shutil.copy(source, theirs)
    with Casebook.open(ours) as casebook:
        if not casebook.author_of(Path(key).read_bytes()):
            raise SystemExit("unknown author")
        sys.stdout.write(f"begun {number}\n")
        sys.stdout.flush()
        if what == "share":
            casebook.share([visit], theirs, None)
        else:
            casebook.sync(theirs, give=what == "give")
        sys.stdout.write(f"done {number}\n")
        sys.stdout.flush()
    for path in (theirs, ours):
        path.unlink(missing_ok=True)
