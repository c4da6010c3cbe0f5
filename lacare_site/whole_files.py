"""Files that are there as a whole or not at all, whatever happens while they are written: a full disk, a killed process, a reader."""

import os
from pathlib import Path


def write(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Writes a file at one stroke; what stood there before stays should the disk be full (OSError)."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        fresh.touch(mode=mode)
        fresh.write_bytes(content)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
