"""An inspector at work in a process of her own: judges, and prints each number once it is acknowledged.

Run as: recorder.py CASEBOOK KEYFILE VISIT FIRST COUNT [PASSPHRASE]
"""

import sys
from pathlib import Path

from inspect_kit.casebook import Casebook
from inspect_kit.model import Assessment, Evidence, EvidenceKind

path, key, visit, first, many, *passphrase = sys.argv[1:]
with Casebook.open(Path(path), *passphrase) as casebook:
    if not casebook.author_of(Path(key).read_bytes()):
        raise SystemExit("unknown author")
    items = [item.id for item in casebook.visit(visit).checklist.items if item.applies]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for number in range(int(first), int(first) + int(many)):
        item = items[number % len(items)]
        if number % 3:
            casebook.judge(visit, item, Assessment.NOT_MET, narrative=f"note {number}.")
        else:
            casebook.add_evidence(visit, item, Evidence(EvidenceKind.OBSERVATION, f"note {number}."))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
