"""What somebody reads when `make run` cannot work on their machine: one sentence that says what to do."""

import errno
import importlib.util
import os
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import polib
import pytest

from lacare_site.management.check_port import why_not
from lacare_site.management.commands.compile_catalogues import compile_changed
from tests.harness.clones import ROOT


@pytest.fixture
def install():
    """requirements/install.py, which is no package."""
    spec = importlib.util.spec_from_file_location("install", ROOT / "requirements" / "install.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("printed", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("NewConnectionError('… Temporary failure in name resolution')", "no connection to the package index"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "not the one that the lock names"),
        ("ERROR: something else", "ERROR: something else"),
    ],
)
def test_known_faults_of_pip_become_sentences(install, monkeypatch, printed, sentence):
    monkeypatch.setattr(subprocess, "run", lambda *args, **options: SimpleNamespace(returncode=1, stdout=printed))
    with pytest.raises(SystemExit, match=sentence):
        install.run(["pip"])


def test_an_old_python_is_named(install, monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 1))
    with pytest.raises(SystemExit, match=r"Python 3\.11 or newer is needed"):
        install.main("base")


def test_an_old_python_can_read_the_first_scripts():
    for name in ("requirements/install.py", "lacare_site/management/check_port.py"):
        compile_as_old = "import ast, sys; ast.parse(open(sys.argv[1]).read(), feature_version=(3, 4))"
        subprocess.run([sys.executable, "-c", compile_as_old, ROOT / name], check=True)


def check_port(port) -> subprocess.CompletedProcess:
    command = [sys.executable, ROOT / "lacare_site" / "management" / "check_port.py", str(port)]
    return subprocess.run(command, capture_output=True, text=True)


def test_a_taken_port_is_named_before_anything_slow():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = check_port(port)
        assert done.returncode == 1
        assert f"Port {port} is taken" in done.stderr and f"PORT={port + 1}" in done.stderr
    assert check_port(port).returncode == 0
    assert "is not a port" in check_port("x").stderr


def test_a_port_of_the_administrator_is_not_called_taken(monkeypatch):
    def refuse(*_arguments):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", refuse)
    assert "Port 80 is the administrator's alone" in why_not(80)


def test_a_disk_that_is_full_while_catalogues_are_compiled_spoils_none(monkeypatch, tmp_path):
    folder = tmp_path / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text('msgid "Search"\nmsgstr "Buscar"\n')

    def fill_the_disk(path, content):
        with open(path, "wb") as file:
            file.write(content[:10])
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full, pytest.raises(OSError):
        full.setattr(Path, "write_bytes", fill_the_disk)
        compile_changed(tmp_path)
    assert [file.name for file in folder.iterdir()] == ["django.po"]
    assert compile_changed(tmp_path) == 1
    assert polib.mofile(str(folder / "django.mo")).find("Search").msgstr == "Buscar"


def test_a_key_that_a_full_disk_left_empty_is_made_anew(tmp_path):
    (tmp_path / "secret_key").touch()
    command = [
        sys.executable,
        "manage.py",
        "shell",
        "--no-imports",
        "-v0",
        "-c",
        "from django.conf import settings; print(settings.SECRET_KEY)",
    ]
    env = os.environ | {"LACARE_DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "lacare_site.settings.local"}
    keys = {subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True).stdout for _start in range(2)}
    assert len(keys) == 1 and len(keys.pop().strip()) == 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
