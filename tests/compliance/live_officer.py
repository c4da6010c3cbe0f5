"""An officer at a running site, who writes and reads as the desk does, with a key that the test alone holds."""

from compliance import sealing
from tests.harness.site import Site

ADD_OFFICERS = """
from compliance.models import RecipientKey
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
olga = get_user_model().objects.create_user("olga", first_name="Olga", last_name="Orr")
olga.groups.add(Group.objects.get(name="Compliance officers"))
RecipientKey.objects.create(officer=olga, public=bytes.fromhex("{public}"))
RecipientKey.objects.create(public=bytes.fromhex("{recovery}"))
"""
# The same recovery key without Django, whose start takes seconds.
ADD_RECOVERY_KEY = """
INSERT INTO compliance_recipientkey (public, wrapped, made_on, confirmed) VALUES (%s, '', current_date, true) RETURNING id
"""
ASK = """
from django.db import transaction
from compliance import thread
from compliance.models import RecipientKey, Report
report, olga = Report.objects.get(), RecipientKey.objects.get(officer__username="olga")
key = thread.key_for(report, thread.THREAD, bytes.fromhex("{private}"), olga)
with transaction.atomic():
    thread.write(report, "message", thread.THREAD, key, {{"text": "{text}"}}, author=olga.officer)
"""
READ = """
from compliance import thread
from compliance.models import RecipientKey, Report
report, olga = Report.objects.get(), RecipientKey.objects.get(officer__username="olga")
key = thread.key_for(report, thread.THREAD, bytes.fromhex("{private}"), olga)
for entry in thread.read(report, thread.THREAD, key):
    print(entry.values)
"""


def add(site: Site) -> sealing.Pair:
    """Olga, and a recovery key."""
    pair = sealing.new_pair()
    site.run(ADD_OFFICERS.format(public=pair.public.hex(), recovery=sealing.new_pair().public.hex()))
    return pair


def ask(site: Site, pair: sealing.Pair, text: str) -> None:
    site.run(ASK.format(private=pair.private.hex(), text=text))


def read(site: Site, pair: sealing.Pair) -> list[str]:
    """The values of each entry of the one report, as Python writes them."""
    return site.run(READ.format(private=pair.private.hex())).splitlines()
