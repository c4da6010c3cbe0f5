"""The tables of this app, by subject."""

from providers.information_request.models import InformationRequest, TopicRoute

__all__ = ["InformationRequest", "TopicRoute"]
