"""What the tests of filing and of coming back share: officers with keys, and a reporter who uses the pages as a browser does."""

import html
import re

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from compliance import sealing
from compliance.models import RecipientKey
from lacare_site.intake import tokens

ADDRESS, RECEIPT_ADDRESS = "/compliance/report", "/compliance/report/receipt"
OWN = {"HTTP_SEC_FETCH_SITE": "same-origin"}
RECEIPT = re.compile(r"(?:[0-9A-Z]{4}-){6}[0-9A-Z]{4}")
ANSWERS = {
    "what": "They bill for visits that nobody made.",
    "category": "fraud",
    "who": "The front office",
    "where": "Long Beach",
    "when": "Since spring",
    "known_how": "I saw the lists.",
    "still_going_on": "yes",
    "relation": "employee",
    "is_named": "no",
}


def add_officers(*names: str) -> dict[str, tuple[RecipientKey, sealing.Pair]]:
    """Officers of these names with a key each, and the recovery key under ""."""
    found = {}
    for name in (*names, ""):
        pair = sealing.new_pair()
        user = get_user_model().objects.create_user(name.lower(), first_name=name) if name else None
        if user:
            user.groups.add(Group.objects.get(name="Compliance officers"))
        found[name] = RecipientKey.objects.create(officer=user, public=pair.public), pair
    return found


def hidden(answer) -> dict[str, str]:
    """What a page sends along unseen."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', answer.content.decode())
    return {name: html.unescape(value) for name, value in found}


class Reporter:
    """Django's test client, with what a browser brings along."""

    def __init__(self, client, monkeypatch=None, language: str = ""):
        self.client, self.before = client, f"/{language}" if language else ""
        if monkeypatch:  # nobody waits for three seconds
            monkeypatch.setattr(tokens, "SHORTEST", tokens.SHORTEST * 0)

    def get(self, address: str = ADDRESS, **headers):
        return self.client.get(self.before + address, **headers)

    def post(self, values: dict, address: str = ADDRESS, **headers):
        """Posts, and follows the redirect to the same address."""
        answer = self.client.post(self.before + address, values, **OWN, **headers)
        assert answer.status_code == 302, answer.status_code
        assert answer.headers["Location"] == self.before + address
        return self.get(address)

    def write(self, values: dict | None = None, **more):
        """Fills the form in and goes on to the review."""
        token = tokens.new("report_misconduct")
        return self.post({"step": "write", "form_token": token} | (ANSWERS if values is None else values) | more)

    def send(self, **values):
        return self.post({"step": "review", "send": "1"} | values)

    def file(self, **more) -> str:
        """Writes and sends a report; gives the receipt."""
        self.write(**more)
        return RECEIPT.search(self.send().content.decode())[0]

    def leave(self, receipt: str):
        return self.post({"step": "sent", "last_group": receipt[-4:]})

    def come_back(self, receipt: str):
        return self.post({"receipt": receipt}, RECEIPT_ADDRESS)

    def turn(self) -> str:
        return re.search(r'name="turn" value="(\w+)"', self.get(RECEIPT_ADDRESS).content.decode())[1]

    def answer(self, text: str, **values):
        return self.post({"turn": self.turn(), "text": text} | values, RECEIPT_ADDRESS)
