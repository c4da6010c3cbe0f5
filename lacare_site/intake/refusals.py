"""Why a file is not taken, in words that say what to do about it."""

from django.utils.translation import gettext_lazy as _

EMPTY = "empty"
TOO_LARGE = "too-large"
NO_ROOM = "no-room"
WRONG_NAME = "wrong-name"
WRONG_EXTENSION = "wrong-extension"
WRONG_CONTENT = "wrong-content"
DAMAGED = "damaged"
HAS_PROGRAM = "has-program"
LOCKED = "locked"
MORE_THAN_ONE_FILE = "more-than-one-file"
TOO_MANY_PIXELS = "too-many-pixels"
UNPACKS_TOO_LARGE = "unpacks-too-large"
INFECTED = "infected"
STORE_FULL = "store-full"
TOO_MANY = "too-many"

SENTENCES = {
    EMPTY: _("The file is empty. Open it to see if it holds what you meant to send, then choose it again."),
    TOO_LARGE: _("The file is larger than 25 MB. Split it, or save it with smaller pictures."),
    NO_ROOM: _("With this file your attachments would be larger than 250 MB together. Remove one that you do not need."),
    WRONG_NAME: _("The file's name holds signs that we cannot keep. Give it a simple name and choose it again."),
    WRONG_EXTENSION: _("We cannot take a file of this type. We take PDF, DOCX, XLSX, CSV, PPTX, PNG, JPG and TIF."),
    WRONG_CONTENT: _("What is in the file does not fit the ending of its name. Save it again in the right format."),
    DAMAGED: _("The file is damaged or not complete. Open it to see if it is whole, then choose it again."),
    HAS_PROGRAM: _("The file holds a macro, a script or another file inside. Save it without these and choose it again."),
    LOCKED: _("The file is locked by a password. Save it without one and choose it again."),
    MORE_THAN_ONE_FILE: _("There is a second file hidden in this one. Save it again from the program that made it."),
    TOO_MANY_PIXELS: _("The picture is too large to be opened safely. Save it with fewer dots per inch, such as 300."),
    UNPACKS_TOO_LARGE: _("The file unpacks to far more than a document needs. Save it again from the program that made it."),
    INFECTED: _("Our virus scanner found harmful software in this file. Do not send it to anybody; ask your computer support."),
    STORE_FULL: _("We cannot take files right now, and nothing of this one was kept. Please try again in an hour, or call us."),
    TOO_MANY: _("There are too many files already. Put several into one PDF, or remove those that you do not need."),
}


class Unfit(Exception):
    """A file that is not taken; `reason` is one of the above."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason

    @property
    def sentence(self) -> str:
        """What the sender reads, in the active language."""
        return str(SENTENCES[self.reason])
