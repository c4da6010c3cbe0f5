"""Child processes that never outlive their parent, not even one that was killed."""

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Sequence

PR_SET_PDEATHSIG = 1  # <sys/prctl.h>


def start(command: Sequence[str], end_signal: int = signal.SIGTERM, **options) -> subprocess.Popen:
    """Starts a command in a session of its own, so that Ctrl-C reaches the parent alone, who then ends it in good order.

    `end_signal` is what the child gets should the parent die (Linux only); `options` are those of Popen.
    """
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def before_exec() -> None:
        if libc:
            libc.prctl(PR_SET_PDEATHSIG, end_signal)

    return subprocess.Popen(command, start_new_session=True, preexec_fn=before_exec, **options)


def end(*ending: subprocess.Popen, end_signal: int = signal.SIGTERM, seconds: float = 10) -> None:
    """Asks processes to end, all at once, and insists where one has not after `seconds`."""
    deadline = time.monotonic() + seconds
    for process in ending:
        process.send_signal(end_signal)  # nothing happens to one that has ended
    for process in ending:
        try:
            process.wait(max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
