"""A folder on a small file system, where this machine lets us mount one: with room for all files of the drills, and full in a moment."""

import subprocess
from pathlib import Path

SIZE = 16 * 1024 * 1024  # bytes


class SmallDisk:
    """`is_small` says whether the mount was allowed; `trouble` why it was not."""

    def __init__(self, folder: Path):
        folder.mkdir(exist_ok=True)
        self.folder = folder
        command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=0700", "tmpfs", str(folder)]
        try:
            self.trouble = subprocess.run(command, capture_output=True, text=True).stderr.strip()
        except OSError as error:
            self.trouble = str(error)
        self.is_small = folder.is_mount()

    def fill(self) -> Path:
        """Takes up all the room; gives the file to be deleted to make room again."""
        path = self.folder / "all-the-room"
        with path.open("wb", buffering=0) as file:
            try:
                while file.write(bytes(4096)):
                    pass
            except OSError:
                pass
        return path

    def end(self) -> None:
        if self.is_small:
            subprocess.run(["umount", "--lazy", str(self.folder)], check=True)
