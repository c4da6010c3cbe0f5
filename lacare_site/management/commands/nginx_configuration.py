"""Prints nginx's configuration for this site and this machine; see deploy/README.md."""

from pathlib import Path

from django.core.management.base import BaseCommand

from lacare_site.management import nginx


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Prints nginx's configuration under the present settings."

    def add_arguments(self, parser):
        parser.add_argument(
            "--application", action="append", required=True, help="gunicorn's address, 127.0.0.1:8000; once for each"
        )
        parser.add_argument("--listen", type=Path, required=True, help="a file with nginx's listen lines and the certificates")
        parser.add_argument("--logs", type=Path, required=True, help="the folder of the logs")
        parser.add_argument("--run", type=Path, required=True, help="a folder on a tmpfs")
        parser.add_argument("--brotli", type=Path, help="ngx_http_brotli_static_module.so, if it is installed")

    def handle(self, *args, application, listen, logs, run, brotli, **options):
        machine = nginx.Machine(application, listen.absolute(), logs.absolute(), run.absolute(), brotli and brotli.absolute())
        self.stdout.write(nginx.configuration(machine), ending="")
