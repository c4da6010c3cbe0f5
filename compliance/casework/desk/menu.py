"""The desk in the admin's menu, for officers alone."""

from django.urls import reverse_lazy
from wagtail.admin.menu import MenuItem

from compliance.casework.desk.access import TITLE
from compliance.casework.officers import is_officer


class ComplianceMenuItem(MenuItem):
    def __init__(self):
        super().__init__(TITLE, reverse_lazy("compliance_desk"), name="compliance", icon_name="lock", order=160)

    def is_shown(self, request):
        return is_officer(request.user)
