"""A wrong code tells nobody that there is a case of this number: not by the answer, nor by its time."""

import uuid

import pytest
from django.urls import reverse

from lacare_site.casework import references, services
from lacare_site.intake import codes, registry, status
from tests.harness import timing
from tests.intake import sample_codes


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["application", "grievance"])
def test_a_wrong_code_and_an_unknown_number_get_the_same_answer_in_the_same_time(kind, visitor):
    """What is found tells them apart, or nothing does: all the rest of an answer comes after it, and only adds noise to its time."""
    case, _is_new = services.open_case(kind, "en", uuid.uuid4(), code_hash=codes.hash_of(sample_codes.new()))
    unknown, address = references.new(registry.get(kind).case_kind.prefix), reverse(f"{kind}_status")
    stranger = visitor()

    def shown(reference: str) -> tuple:
        code = sample_codes.new()
        answer = stranger.post(address, {"reference": reference, "code": code})
        assert "do not belong together" in answer.text
        return answer.status_code, list(answer.cookies), answer.text.replace(reference, "").replace(code, "")

    def find(reference: str) -> None:
        assert status.find(kind, reference, sample_codes.new()) is None

    assert shown(case.reference) == shown(unknown)
    assert timing.likeness(lambda: find(case.reference), lambda: find(unknown), 300) > timing.UNLIKELY
