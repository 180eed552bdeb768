"""API keys: shown once, given only what the giver holds, ended by typing their name."""

from datetime import timedelta

from placet.companies.models import ApiKey
from placet.companies.queries import get_actor_of_key
from tests.cast import Cast
from tests.web.pages import as_actor, page, queries_of

ADDRESS = "/c/meridian/keys/"
FORM = {"name": "ERP", "scopes": ["audit.view", "budget.view"], "lifetime": "90"}


def secret_in(text: str) -> str:
    """The secret that the page shows."""
    return "sk_live_" + text.split("<code>sk_live_")[1].split("<")[0]


def test_the_secret_is_shown_exactly_once_and_works(db: None, cast: Cast) -> None:
    answer = as_actor(cast.ines).post(f"{ADDRESS}new/", FORM)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    secret = secret_in(answer.content.decode())
    actor, key = get_actor_of_key(secret, now=cast.now)
    assert actor.company_id == cast.company["meridian"]
    assert actor.holds("audit.view")
    assert key.expires_at is not None
    assert abs(key.expires_at - cast.now - timedelta(days=90)) < timedelta(minutes=5)
    shown = page(cast.ines, "keys/")
    assert secret not in shown
    assert key.hint in shown
    assert "See the audit trail" in shown


def test_the_same_form_sent_twice_makes_one_key(db: None, cast: Cast) -> None:
    client = as_actor(cast.ines)
    client.post(f"{ADDRESS}new/", FORM)
    again = client.post(f"{ADDRESS}new/", FORM)
    assert again.status_code == 422
    assert "sk_live_" not in again.content.decode()
    assert ApiKey.objects.count() == 1


def test_nobody_gives_a_key_what_they_do_not_hold(db: None, cast: Cast) -> None:
    for scope in ("order.submit", "order.approve", "order.process", "unheard.of"):
        answer = as_actor(cast.ines).post(
            f"{ADDRESS}new/", {"name": "X", "scopes": [scope], "lifetime": "90"}
        )
        assert answer.status_code == 422, scope
    # Mira holds what a store manager holds; managing members is the owner's, and so is acting for.
    for scope in ("member.manage", "act_for"):
        answer = as_actor(cast.mira).post(
            "/c/norden/keys/new/", {"name": "X", "scopes": [scope], "lifetime": "90"}
        )
        assert answer.status_code == 422, scope
    assert not ApiKey.objects.exists()


def test_a_key_needs_a_name_a_right_and_an_end(db: None, cast: Cast) -> None:
    for form in ({}, {"name": "X"}, {**FORM, "scopes": []}, {**FORM, "lifetime": "99999"}):
        assert as_actor(cast.ines).post(f"{ADDRESS}new/", form).status_code == 422
    assert not ApiKey.objects.exists()


def test_revoking_asks_for_the_name(db: None, cast: Cast) -> None:
    client = as_actor(cast.ines)
    secret = secret_in(client.post(f"{ADDRESS}new/", FORM).content.decode())
    key = ApiKey.objects.get()
    address = f"{ADDRESS}{key.id}/revoke/"
    assert client.get(address).status_code == 200
    wrong = client.post(address, {"typed": "erp"})
    assert wrong.status_code == 422
    assert "Nothing was revoked" in wrong.content.decode()
    get_actor_of_key(secret, now=cast.now)
    assert client.post(address, {"typed": "ERP"}).status_code == 302
    key.refresh_from_db()
    assert key.revoked_at is not None
    assert "Revoked" in page(cast.ines, "keys/?state=ended")
    assert "No key in this state" in page(cast.ines, "keys/?state=working")


def test_strangers_and_the_unentitled(db: None, cast: Cast) -> None:
    as_actor(cast.ines).post(f"{ADDRESS}new/", FORM)
    key = ApiKey.objects.get()
    page(cast.jan, f"keys/{key.id}/revoke/", status=404)
    assert key.hint not in page(cast.jan, "keys/")
    text = page(cast.lena, "keys/", status=403)
    assert "A company admin can grant it." in text
    page(cast.lena, f"keys/{key.id}/revoke/", status=403)


def test_more_keys_cost_no_more_queries(db: None, cast: Cast) -> None:
    client = as_actor(cast.ines)
    client.post(f"{ADDRESS}new/", FORM)
    before = queries_of(cast.ines, "keys/")
    for number in range(15):
        client.post(f"{ADDRESS}new/", {**FORM, "name": f"ERP {number}"})
    assert ApiKey.objects.count() == 16
    assert queries_of(cast.ines, "keys/") <= before


def test_a_key_is_rotated_on_a_page_and_its_end_is_foretold(db: None, cast: Cast) -> None:
    client = as_actor(cast.ines)
    client.post(f"{ADDRESS}new/", {**FORM, "lifetime": "30"})
    old = ApiKey.objects.get()
    assert "ends on" not in page(cast.ines, "keys/")
    soon = cast.now + timedelta(days=3)
    ApiKey.objects.update(expires_at=soon, last_used_at=cast.now)
    assert "ends on" in page(cast.ines, "keys/")
    assert "Rotate" in page(cast.ines, "keys/")
    assert client.get(f"{ADDRESS}{old.pk}/rotate/").status_code == 200
    assert client.post(f"{ADDRESS}{old.pk}/rotate/", {"overlap": "7"}).status_code == 422
    answer = client.post(f"{ADDRESS}{old.pk}/rotate/", {"overlap": "1"})
    assert "no-store" in answer["Cache-Control"]
    text = answer.content.decode()
    assert "The old key works until" in text
    _actor, key = get_actor_of_key(secret_in(text), now=cast.now)
    assert (key.name, key.scopes) == (old.name, old.scopes)
    assert ApiKey.objects.get(pk=old.pk).expires_at < soon
    assert client.post(f"{ADDRESS}{old.pk}/revoke/", {"typed": old.name}).status_code == 302
    assert client.post(f"{ADDRESS}{old.pk}/rotate/", {"overlap": "1"}).status_code == 422
