"""What the lists of the builder say."""

from __future__ import annotations

import pytest
from django.utils import translation

from placet.policy.fields import FIELDS
from placet.web.rule_builder.words import label_of_field


@pytest.mark.parametrize("language", ["en", "pl"])
def test_no_label_shows_what_should_be_filled_in(language: str) -> None:
    with translation.override(language):
        labels = [label_of_field(field, language) for field in FIELDS.values()]
    assert not [label for label in labels if "{" in label]
    assert len(set(labels)) == len(FIELDS)


def test_a_unit_is_said_once() -> None:
    with translation.override("en"):
        assert label_of_field(FIELDS["history.similar_orders"], "en") == "Similar orders in … days"
        assert label_of_field(FIELDS["purchase.amount"], "en") == "Order (amount)"
        assert label_of_field(FIELDS["company.overdue"], "en") == "Overdue amount"
