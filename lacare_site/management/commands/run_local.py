"""The whole site on one machine: prepares everything, then runs web server and worker until Ctrl-C. Used by `make run`."""

import errno
import io
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django_tasks_db.models import DBTaskResult

from lacare_site.management import processes
from lacare_site.management.check_port import why_not

DISK_FULL = "The disk is full. Free about 1 GB and run the same command again."
SECONDS_TO_START = 60
WEB_SERVER = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--log-level", "warning"]
WORKER = [sys.executable, "manage.py", "work", "--no-startup-delay"]


class Stopped(BaseException):
    """Somebody asked the site to end: Ctrl-C, or a signal. Not an Exception, lest a step on the way take it for its own failure."""


class Command(BaseCommand):
    help = "Prepares the site and runs web server and worker on 127.0.0.1."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args, port: int, **options):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.stop)
        try:
            self.prepare()
            self.serve(port)
        except Stopped:
            self.stdout.write("\nThe site has ended.")
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise CommandError(DISK_FULL) from error
            raise
        except OperationalError as error:
            if "disk is full" in str(error):
                raise CommandError(DISK_FULL) from error
            raise

    @staticmethod
    def stop(number, frame):
        # A second Ctrl-C must not interrupt the ending of the first.
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.SIG_IGN)
        raise Stopped

    def prepare(self):
        """Everything that a first start has to build; a second one finds it done."""
        call_command("compile_catalogues")
        executor = MigrationExecutor(connection)
        steps = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if steps:
            self.say(f"Preparing the database ({steps} steps).")
            call_command("migrate", interactive=False, verbosity=0)
        call_command("collect_changed_static")
        call_command("load_content")
        call_command("write_error_pages")
        if DBTaskResult.objects.ready().exists():
            # Search and reference index are filled by tasks: without this the first search would find nothing.
            self.say("Filling the search index.")
            self.work_off_the_queue()

    @staticmethod
    def work_off_the_queue():
        worker = processes.start([*WORKER, "--batch"])
        try:
            worker.wait()
        finally:
            processes.end(worker)

    def serve(self, port: int):
        account = io.StringIO()
        call_command("create_local_admin", stdout=account)
        connections.close_all()
        if refusal := why_not(port):
            raise CommandError(refusal)
        address = f"http://127.0.0.1:{port}"
        # The pages, the sitemap and mails name the address at which the site really is.
        os.environ["LACARE_BASE_URL"] = address
        running: dict[str, subprocess.Popen] = {}
        try:
            running["web server"] = processes.start([*WEB_SERVER, "--bind", f"127.0.0.1:{port}"])
            self.wait_until_up(address, running)
            running["worker"] = processes.start(WORKER)
            self.say(f"\nThe site:   {address}\nThe admin:  {address}/admin/\nSign in as: {account.getvalue().strip()}")
            self.say("On this machine alone you may go on without the second step that the sign-in asks for.")
            self.say("Reports of misconduct open once an officer has a key: give your account the role Head compliance officers")
            self.say("(Settings, Users), then Compliance reports, Your key.")
            self.say("Ctrl-C ends it.\n")
            self.wait_for_an_end(running)
        finally:
            processes.end(*running.values())

    def wait_until_up(self, address: str, running: dict[str, subprocess.Popen]):
        ask = urllib.request.build_opener(urllib.request.ProxyHandler({})).open  # no proxy leads to this machine
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline:
            self.complain_of_ended(running)
            try:
                ask(f"{address}/healthz", timeout=5)
                return
            except urllib.error.HTTPError as error:
                raise CommandError(f"The site started, but {address}/healthz answers {error.code}.") from error
            except OSError:
                time.sleep(0.2)
        raise CommandError(f"The site did not answer within {SECONDS_TO_START} seconds.")

    def wait_for_an_end(self, running: dict[str, subprocess.Popen]):
        """Until a signal comes (`stop` raises), or one of the two ends by itself."""
        while True:
            self.complain_of_ended(running)
            time.sleep(0.5)

    @staticmethod
    def complain_of_ended(running: dict[str, subprocess.Popen]):
        for name, process in running.items():
            if process.poll() is not None:
                raise CommandError(f"The {name} ended by itself (exit code {process.returncode}); the rest was ended too.")

    def say(self, text: str):
        self.stdout.write(text)
        self.stdout.flush()
