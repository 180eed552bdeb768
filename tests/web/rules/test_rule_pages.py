"""The company's rules as sentences: what applies, since when, and what applied before."""

from placet.policy.starters import no_rules, simple_organisation
from placet.rulebooks.actions import create_rulebook, publish_rulebook
from placet.rulebooks.models import Rulebook
from tests.cast import Cast
from tests.web.pages import page, queries_of


def meridian_rulebook(cast: Cast) -> Rulebook:
    """The rulebook that the cast works under."""
    return Rulebook.objects.get(company_id=cast.company["meridian"])


def test_ines_reads_who_must_approve_what(db: None, cast: Cast) -> None:
    text = page(cast.ines, "rules/")
    assert "adds up to more than <b>500.00\N{NO-BREAK SPACE}EUR</b>" in text
    assert "When no rule says otherwise, an order needs no approval." in text


def test_holders_of_the_role_are_named(db: None, cast: Cast) -> None:
    assert "Today Anika Roth, Jonas Weber, Piotr Zając" in page(cast.ines, "rules/")


def test_an_earlier_version_stays_readable(db: None, cast: Cast) -> None:
    rulebook = meridian_rulebook(cast)
    publish_rulebook(
        rulebook, document=no_rules(), note="Spring clean", actor=cast.ines, now=cast.now
    )
    shown = page(cast.ines, "rules/")
    assert "Spring clean" in shown
    assert "Ines Keller published it" in shown
    before = page(cast.ines, f"rules/{rulebook.id}/1/")
    assert "cost centre" in before
    assert "It applies only to requisitions that were submitted under it." in before
    page(cast.ines, f"rules/{rulebook.id}/99/", status=404)


def test_a_rule_without_its_own_text_is_nobodys_secret(db: None, cast: Cast) -> None:
    rulebook = meridian_rulebook(cast)
    publish_rulebook(rulebook, document=simple_organisation(), actor=cast.ines, now=cast.now)
    text = page(cast.ines, "rules/")
    assert "the requester does not hold the permission" in text


def test_the_merchant_sees_its_own_rules_and_no_others(db: None, cast: Cast) -> None:
    own = create_rulebook(name="Our exceptions", side="merchant", actor=cast.odd, now=cast.now)
    publish_rulebook(own, document={**no_rules(), "side": "merchant"}, actor=cast.odd, now=cast.now)
    shown = page(cast.odd, "rules/")
    assert "Our exceptions" in shown
    assert meridian_rulebook(cast).name not in shown
    page(cast.odd, f"rules/{meridian_rulebook(cast).id}/1/", status=404)
    page(cast.ines, f"rules/{own.id}/1/", status=404)


def test_who_does_not_manage_rules_learns_who_can_help(db: None, cast: Cast) -> None:
    assert "A company admin can grant it." in page(cast.lena, "rules/", status=403)


def test_more_versions_cost_no_more_queries(db: None, cast: Cast) -> None:
    before = queries_of(cast.ines, "rules/")
    for _ in range(9):
        publish_rulebook(
            meridian_rulebook(cast), document=simple_organisation(), actor=cast.ines, now=cast.now
        )
    assert queries_of(cast.ines, "rules/") <= before
