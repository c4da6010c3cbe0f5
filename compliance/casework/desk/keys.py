"""The page of keys: the officer's own, those of the others, and who can open what."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_variables
from wagtail.admin import messages

from compliance.casework import keyring, sharing
from compliance.casework.desk.access import OfficerView
from compliance.casework.officers import HEADS, Refused, reports_for
from compliance.models import RecipientKey
from compliance.officers import officers
from lacare_site import typed_text
from lacare_site.casework.desk.accounts import name_of
from lacare_site.security import roles

SECONDS = 15  # of encrypting anew in one request; the rest takes another


class KeysView(OfficerView):
    template_name = "compliance/casework/keys.html"
    page_title = "Keys"
    refused = ""

    @method_decorator(sensitive_variables())
    def post(self, request, *args, **kwargs):
        action, _, number = request.POST.get("action", "").partition(":")
        try:
            messages.success(request, self.act(action, number))
        except Refused as refusal:
            self.refused = str(refusal)
            return self.render_to_response(self.get_context_data(), status=409)
        return redirect("compliance_keys")

    @method_decorator(sensitive_variables())
    def act(self, action: str, number: str) -> str:
        user = self.request.user
        if action not in ("share", "renew") and not (action == "retire" and roles.has(user, *HEADS)):
            raise Refused("This step does not exist, or is for the head compliance officer.")
        if self.unlocked is None:
            raise Refused("Unlock your key first.")
        if action == "retire":
            if not self.unlocked.recipient.confirmed:
                raise Refused("Your own key is not confirmed yet.")
            key = self.key_of_another(number, officer__isnull=False)
            keyring.retire(key, user)
            return f"The key of {name_of(key.officer)} is out of use."
        if action == "renew":
            count = sharing.renew_waiting(self.unlocked, user, SECONDS)
            return f"{reports(count)} encrypted anew."
        if "compared" not in self.request.POST:
            raise Refused("Compare the fingerprints on the telephone first, and say so with the tick.")
        key = self.key_of_another(number)
        count = sharing.share(self.unlocked.recipient, self.unlocked.private, key, user)
        return f"{reports(count)} shared with {name_of(key.officer) or 'the recovery key'}."

    def key_of_another(self, number: str, **more) -> RecipientKey:
        others = RecipientKey.objects.filter(retired_on=None, **more).exclude(officer=self.request.user)
        return get_object_or_404(others, pk=typed_text.number(number))

    def get_context_data(self, **kwargs):
        user, own = self.request.user, keyring.of(self.request.user)
        keys = RecipientKey.objects.filter(retired_on=None).exclude(officer=user).select_related("officer")
        waiting = sharing.waiting(own).count() if own else 0
        return super().get_context_data(**kwargs) | {
            "refused": self.refused,
            "own": own and self.row(own, None),
            "rows": [self.row(key, own) for key in keys.order_by("officer__last_name", "officer__username")],
            "without_key": [name_of(officer) for officer in officers().exclude(recipient_keys__in=_in_use())],
            "has_recovery_key": keyring.recovery_key() is not None,
            "is_head": roles.has(user, *HEADS),
            "waiting": waiting,
            "waiting_for_others": self.known().filter(needs_new_keys=True).count() - waiting,
        }

    def known(self) -> QuerySet:
        """Nobody is to see by a number that there are reports which they are shut out of."""
        return reports_for(self.request.user)

    def row(self, key: RecipientKey, own: RecipientKey | None) -> dict:
        to_share = sharing.to_share(own, key).count() if own else 0
        return {
            "key": key,
            "who": name_of(key.officer) or "Recovery key",
            "fingerprint": keyring.fingerprint(key),
            "opens": sharing.readable(key).filter(pk__in=self.known()).count(),
            "to_share": to_share,
            "is_wanting": own and own.confirmed and (to_share or not key.confirmed),
        }


def reports(count: int) -> str:
    return f"{count} report{'' if count == 1 else 's'}"


def _in_use():
    return RecipientKey.objects.filter(retired_on=None)
