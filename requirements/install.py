"""Makes .venv and installs one of the locks beside this file into it: install.py base | test

Standard library only, and written so that even an old Python reads it far enough to say that it is too old.
"""

import hashlib
import os
import subprocess
import sys

OLDEST = (3, 11)
HERE = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(os.path.dirname(HERE), ".venv")
PYTHON = os.path.join(VENV, "bin", "python")

# What pip and venv write when these happen, and the sentence that helps more than theirs.
KNOWN_FAULTS = (
    (
        ("No space left on device",),
        "The disk is full. Free about 1 GB and run the same command again.",
    ),
    (
        ("NewConnectionError", "NameResolutionError", "ConnectTimeout", "ReadTimeout", "Read timed out", "ProxyError"),
        "The packages cannot be fetched: no connection to the package index. Check the network and run the same command again.",
    ),
    (
        ("DO NOT MATCH THE HASHES",),
        "A fetched package is not the one that the lock names. Try again; if it stays so, do not install it by hand: ask who runs the package index.",
    ),
    (
        ("Permission denied",),
        "This folder cannot be written to. Take one of your own.",
    ),
)


def main(lock_name):
    if sys.version_info < OLDEST:
        stop(
            "Python %d.%d or newer is needed, this is %s. Name a newer one, for example: make run PYTHON=python3.12"
            % (OLDEST + (sys.version.split()[0],))
        )
    wanted = checksum(lock_name)
    if read(stamp(lock_name)) == wanted and works(PYTHON):
        return
    if not works(PYTHON):
        make_venv()
    lock = os.path.join(HERE, lock_name + ".txt")
    say("Installing the %d packages of requirements/%s.txt" % (read(lock).count("=="), lock_name))
    # The lock is complete, so that pip has nothing to resolve.
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    run(pip + ["--quiet", "--no-deps", "--require-hashes", "--retries", "2", "--timeout", "30", "-r", lock])
    write(stamp(lock_name), wanted)
    if lock_name == "test":  # it holds all of base, at the same versions
        write(stamp("base"), checksum("base"))


def make_venv():
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        stop("Python's venv module is missing. On Debian and Ubuntu: apt install python3-venv")
    say("Making .venv with Python %s" % sys.version.split()[0])
    run([sys.executable, "-m", "venv", "--clear", VENV])


def works(python):
    """Whether .venv has a Python that runs and is new enough (the one it was made from may be gone)."""
    if not os.path.exists(python):
        return False
    asked = [python, "-c", "import pip, sys; sys.exit(sys.version_info < (%d, %d))" % OLDEST]
    return subprocess.call(asked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0


def run(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True)
    if done.returncode == 0:
        return
    for signs, sentence in KNOWN_FAULTS:
        if any(sign in done.stdout for sign in signs):
            stop(sentence)
    stop("%s\nThat failed: %s" % (done.stdout.strip(), " ".join(command)))


def checksum(lock_name):
    """Of the lock and of the Python it was installed for."""
    return hashlib.sha256((sys.version + read(os.path.join(HERE, lock_name + ".txt"))).encode()).hexdigest()


def stamp(lock_name):
    return os.path.join(VENV, "installed-" + lock_name)


def read(path):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        return ""


def write(path, text):
    try:
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        stop("%s cannot be written: %s." % (path, error.strerror))


def say(sentence):
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


def stop(sentence):
    sys.exit("\n" + sentence)


if __name__ == "__main__":
    main(sys.argv[1])
