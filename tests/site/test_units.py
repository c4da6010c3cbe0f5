"""The units of systemd: what they start exists, and is what the rest of the repository says."""

import shutil
import subprocess

import pytest

from tests.harness import clones, production

UNITS = sorted(path.stem for path in production.UNITS.iterdir())


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_starts_what_is_there(unit):
    program, *arguments = production.command(unit)
    done = subprocess.run([program, *arguments, "--help"], cwd=clones.ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    written = (clones.ROOT / "deploy" / "README.md").read_text()
    assert " ".join(arguments) in written


def test_systemd_understands_them(tmp_path):
    analyze = shutil.which("systemd-analyze")
    if not analyze:
        pytest.skip("systemd is not installed on this machine")
    for unit in UNITS:
        text = (
            (production.UNITS / f"{unit}.service")
            .read_text()
            .replace(production.INSTALLED, "/usr/bin")
            .replace("gunicorn", "true")
        )
        (tmp_path / f"{unit}.service").write_text(text.replace("/usr/bin/python", "/usr/bin/true"))
    done = subprocess.run([analyze, "verify", *map(str, tmp_path.iterdir())], capture_output=True, text=True)
    assert not [line for line in done.stderr.splitlines() if "lacare" in line]
