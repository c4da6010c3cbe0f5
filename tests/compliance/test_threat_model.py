"""The threat model promises nothing that no test backs."""

import re

from tests.architecture.repository import ROOT

NAMED = re.compile(r"`(test_\w+)`")
DEFINED = re.compile(r"^(?:async )?def (test_\w+)\(", re.MULTILINE)
MODEL = ROOT / "compliance" / "THREAT_MODEL.md"


def test_every_test_that_it_names_is_there():
    defined = {name for path in (ROOT / "tests").rglob("test_*.py") for name in DEFINED.findall(path.read_text(encoding="utf-8"))}
    named = set(NAMED.findall(MODEL.read_text(encoding="utf-8")))
    assert len(named) > 30
    assert not named - defined


def test_every_claim_names_a_test_or_says_that_there_is_none():
    rows = [line for line in MODEL.read_text(encoding="utf-8").splitlines() if line.startswith("| ") and "| test |" not in line]
    assert rows and all(NAMED.search(row) or "| none: " in row for row in rows)
