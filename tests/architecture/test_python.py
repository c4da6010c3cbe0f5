"""Python: style, direction of imports, migrations, settings."""

import os
import subprocess
import sys
import tomllib
from itertools import permutations, product

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils.translation import override

from tests.architecture.repository import ROOT, files, run


@pytest.mark.parametrize("command", [("ruff", "check", "."), ("ruff", "format", "--check", "."), ("lint-imports", "--no-logo")])
def test_tool_has_no_complaint(command):
    code, output = run(*command)
    assert code == 0, output


def import_linter() -> dict:
    with open(ROOT / "pyproject.toml", "rb") as file:
        return tomllib.load(file)["tool"]["importlinter"]


def test_every_app_is_under_the_import_contracts():
    watched = set(import_linter()["root_packages"])
    assert {path.parent.name for path in files("*/apps.py") if path.parent.parent == ROOT} <= watched


# Who must not import whom, beside the foundations and what editors publish, which know none of the apps above them.
APART = {("compliance", "pages"), ("compliance.intake", "compliance.casework"), ("compliance.casework", "compliance.intake")}


def test_the_contracts_keep_every_app_that_exists_apart():
    contracts = import_linter()["contracts"]
    forbidden = {
        (source, target)
        for contract in contracts
        for source in contract.get("source_modules", [])
        for target in contract.get("forbidden_modules", [])
    }
    for contract in contracts:
        if contract["type"] == "independence":
            forbidden |= set(permutations(contract["modules"], 2))
    subjects = {path.parent.name for path in files("*/apps.py") if path.parent.parent == ROOT} - {"lacare_site", "pages"}
    wanted = set(permutations(subjects, 2)) | set(product(("lacare_site", "pages"), subjects))
    wanted |= {pair for pair in APART if all(files(f"{module.replace('.', '/')}/*.py") for module in pair)}
    assert not wanted - forbidden


def test_models_and_migrations_agree():
    loader = MigrationLoader(None)
    detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
    with override("en"):  # whatever language an earlier test has left behind: names of models are translated
        changes = detector.changes(graph=loader.graph)
    assert not changes, {
        app: [str(step) for migration in found for step in migration.operations] for app, found in changes.items()
    }


@pytest.mark.parametrize(
    ("mailbox", "complaint"), [("staff@example.org", ""), ("staff", "outbox.E001"), ("", "LACARE_STAFF_MAILBOX")]
)
def test_production_settings_pass_the_deployment_checks(tmp_path, mailbox, complaint):
    environment = {
        # Without what the browser's fixture sets for this process.
        **{name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"},
        "DJANGO_SETTINGS_MODULE": "lacare_site.settings.production",
        "LACARE_SECRET_KEY": "0123456789" + "abcdefghijklmnopqrstuvwxyz" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "LACARE_FIELD_SECRETS": "a secret for this test alone",
        "LACARE_BASE_URL": "https://www.example.org",
        "LACARE_HOSTS": "www.example.org",
        "LACARE_STAFF_MAILBOX": mailbox,
        "LACARE_DATA_DIR": str(tmp_path),
    }
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert complaint in done.stdout if complaint else done.returncode == 0, done.stdout
