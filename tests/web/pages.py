"""Looking at pages as somebody of the cast, and counting what they ask the database."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from placet.companies.models import User
from placet.core.actor import Actor


def as_actor(actor: Actor) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def page(actor: Actor, path: str, status: int = 200) -> str:
    """The text of a page of the actor's company; ``path`` begins behind the company."""
    answer = as_actor(actor).get(f"/c/{actor.company_slug}/{path}")
    assert answer.status_code == status, (answer.status_code, path)
    if getattr(answer, "streaming", False):
        return b"".join(answer).decode()
    return answer.content.decode()


def queries_of(actor: Actor, path: str) -> int:
    """How many queries a page costs, the second time that it is asked for."""
    client = as_actor(actor)
    address = f"/c/{actor.company_slug}/{path}"
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)
