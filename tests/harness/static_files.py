"""The list of static files, read once for all test clients of a process: nobody changes these files (see clones.py)."""

import os

from whitenoise.base import WhiteNoise

_lists: dict[tuple[str, str], dict] = {}


def list_once() -> None:
    """Each client begins with middleware of its own, and that of WhiteNoise would look at a thousand files first."""
    read = WhiteNoise.update_files_dictionary

    def update(self, root: str, prefix: str) -> None:
        place = (os.path.realpath(root), prefix)
        if place not in _lists:
            before, self.files = self.files, {}
            read(self, root, prefix)
            _lists[place], self.files = self.files, before
        self.files.update(_lists[place])

    WhiteNoise.update_files_dictionary = update
