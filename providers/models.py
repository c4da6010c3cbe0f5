"""The tables of this app, by subject."""

from providers.application.models import Application, ApplicationPeriod, RosterCheck, RosterRow
from providers.information_request.models import InformationRequest, TopicRoute

__all__ = ["Application", "ApplicationPeriod", "InformationRequest", "RosterCheck", "RosterRow", "TopicRoute"]
