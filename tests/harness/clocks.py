"""A clock that tests move: the processes that are started under it believe it (libfaketime)."""

import glob
import shutil
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.harness import programs

UNPACKED = programs.FOLDER / "faketime"
LIBRARY = "usr/lib/*/faketime/libfaketimeMT.so.1"
NEEDED = "Some tests need libfaketime, to move the clock. Install it."


@dataclass
class Clock:
    """`file` says what is added to the true time."""

    file: Path
    ahead: float = 0.0  # seconds

    def __post_init__(self):
        self.file.write_text("+0\n")

    def move(self, moment: datetime) -> None:
        """It is that moment now; within a second everybody believes it."""
        self.ahead = (moment - datetime.now(UTC)).total_seconds()
        fresh = self.file.with_suffix(".new")
        fresh.write_text(f"{self.ahead:+.3f}\n")
        fresh.replace(self.file)
        time.sleep(1.5)

    def now(self) -> datetime:
        return datetime.fromtimestamp(time.time() + self.ahead, UTC)

    def environment(self) -> dict[str, str]:
        return {
            "LD_PRELOAD": library(),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_CACHE_DURATION": "1",  # seconds
            "NO_FAKE_STAT": "1",
        }


def library() -> str:
    install = []
    if shutil.which("apt-get"):
        install = [
            *programs.from_debian("libfaketime")[:1],
            ["apt-get", "download", "libfaketime"],
            ["sh", "-c", "dpkg --extract libfaketime_*.deb ."],
        ]
    return programs.path("libfaketime", _find, install, NEEDED, UNPACKED)


def _find() -> str | None:
    return next(iter(glob.glob(f"/{LIBRARY}") + glob.glob(str(UNPACKED / LIBRARY))), None)
