"""What a file says about where it comes from, besides what it shows."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

AUTHOR, PLACE, DEVICE, TIME, SOFTWARE, TITLE, COMMENT = KINDS = (
    "author",
    "place",
    "device",
    "time",
    "software",
    "title",
    "comment",
)
LONGEST = 120  # characters of a value; it is shown, not kept
LONGEST_READ = 4 * LONGEST  # of them, before what cannot be seen is taken out
MOST = 50  # of one file
# Where a file lay on somebody's machine, or in the cloud that is theirs.
PATH = re.compile(
    r"(file:|(?<![A-Za-z])/?[A-Za-z]:[\\/]|\\\\|/(Users|home|Volumes)/|https?://[^/\s]+-my\.sharepoint\.[a-z]+/|https?://d\.docs\.live\.net/)\S",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Trace:
    """`kind` is one of KINDS; `value` is what stands in the file, shortened to be shown."""

    kind: str
    value: str


def trace(kind: str, value: str) -> list[Trace]:
    """As a list: empty if the value holds nothing to be read."""
    shown = " ".join("".join(sign if sign.isprintable() else " " for sign in value[:LONGEST_READ]).split())[:LONGEST]
    return [Trace(kind, shown)] if shown else []


def distinct(traces: Iterable[Trace]) -> list[Trace]:
    """Each once, by kind, and not more of them than somebody reads."""
    return sorted(dict.fromkeys(traces), key=lambda found: KINDS.index(found.kind))[:MOST]
