"""Events as the audit trail tells them: a sentence, private words, and whether they are whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from placet.core.actor import Actor
from placet.events.canonical import sha256
from placet.events.models import Event
from placet.events.record import hash_of
from placet.web import formats
from placet.web.audit.names import load_names
from placet.web.audit.sentences import CHANNELS, KINDS, SENTENCES


class AuditRow(NamedTuple):
    """One event for people. ``fault`` says what is wrong with it; empty when nothing is."""

    event: Event
    sentence: str
    who: str
    icon: str
    private: list[tuple[str, str]]
    is_erased: bool
    fault: str


def read_rows(events: Sequence[Event], actor: Actor) -> list[AuditRow]:
    """The events in words; names and neighbours in one query a kind, however many events."""
    payloads = [_loaded(event.payload) for event in events]
    names = load_names(_ids(events, payloads))
    before = _hashes_before(events)
    return [
        _row(event, payload, names, before, actor)
        for event, payload in zip(events, payloads, strict=True)
    ]


def _row(
    event: Event,
    payload: Mapping[str, Any],
    names: Mapping[str, str],
    before: Mapping[int, str],
    actor: Actor,
) -> AuditRow:
    private = getattr(event, "private", None)
    who = _who(event, names)
    said = _private(private.payload) if private else []
    return AuditRow(
        event=event,
        sentence=_sentence(event, payload, names, who, actor),
        who=who,
        icon=KINDS.get(event.type.partition(".")[0], ("", "circle-dot"))[1],
        private=said,
        is_erased=bool(event.private_hash) and private is None,
        fault=_fault(event, private, before),
    )


def _sentence(
    event: Event, payload: Mapping[str, Any], names: Mapping[str, str], who: str, actor: Actor
) -> str:
    template = SENTENCES.get(f"{event.type} {payload.get('kind', '')}") or SENTENCES.get(event.type)
    values = _Values(
        {key: _value(key, value, payload, names, actor) for key, value in payload.items()}
    )
    values["who"] = who
    values["subject"] = names.get(event.subject, "")
    currency = str(payload.get("currency", "")) or actor.currency
    for short, column in (("total", "total_minor"), ("amount", "amount_minor")):
        if isinstance(payload.get(column), int):
            values[short] = formats.money_currency(payload[column], currency)
    if template is None:
        said = _("{who}: {type} {subject}").format_map({**values, "type": event.type})
    else:
        said = str(template).format_map(values)
    return ", ".join(filter(None, [said.strip(), _manner(event, payload, names)]))


def _manner(event: Event, payload: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """On whose behalf, and by which way it came in; the usual way is not told."""
    told = []
    principal = names.get(str(payload.get("principal", "")))
    if principal and event.type.startswith("decision."):
        told.append(_("for %(person)s") % {"person": principal})
    told.append(str(CHANNELS.get(event.channel, event.channel)))
    return ", ".join(filter(None, told))


class _Values(dict[str, str]):
    """What a template asks for and an event does not say is left out."""

    def __missing__(self, key: str) -> str:
        return ""


def _value(
    key: str, value: Any, payload: Mapping[str, Any], names: Mapping[str, str], actor: Actor
) -> str:
    if key.endswith("_at") and isinstance(value, str):
        local = datetime.fromisoformat(value).astimezone(ZoneInfo(actor.time_zone))
        return formats.day(local.date(), today=local.date())
    return names.get(str(value), str(value))


def _who(event: Event, names: Mapping[str, str]) -> str:
    """The member, with the key or the person who acted for them; Placet itself where nobody did."""
    person = names.get(event.actor_member) or names.get(event.actor_user, "")
    key = names.get(event.person_user, "") if event.person_user.startswith("key_") else ""
    if key:
        key = _("the key “%(name)s”") % {"name": key}
    acted_for = event.person_user not in ("", event.actor_user) and not key
    other = names.get(event.person_user, "") if acted_for else key
    if person and other:
        return _("%(other)s for %(person)s") % {"other": other, "person": person}
    return person or other or "Placet"


def _ids(events: Sequence[Event], payloads: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for event, payload in zip(events, payloads, strict=True):
        yield from (event.subject, event.actor_member, event.person_user)
        if not event.actor_member:
            yield event.actor_user
        yield from (value for value in payload.values() if isinstance(value, str))


def _loaded(payload: str) -> Mapping[str, Any]:
    found = json.loads(payload)
    return found if isinstance(found, dict) else {}


def _private(payload: str) -> list[tuple[str, str]]:
    return [(key.replace("_", " "), str(value)) for key, value in _loaded(payload).items() if value]


def _hashes_before(events: Iterable[Event]) -> Mapping[int, str]:
    """The hashes of the events that stand before these, by the number behind them."""
    known = {event.seq: event for event in events}
    if not known:
        return {}
    company_id = next(iter(known.values())).company_id
    before = Event.objects.filter(company_id=company_id, seq__in=[seq - 1 for seq in known])
    return {seq + 1: text for seq, text in before.values_list("seq", "hash")}


def _fault(event: Event, private: Any, before: Mapping[int, str]) -> str:
    if hash_of(event) != event.hash:
        return _("Its content does not match its hash.")
    if before.get(event.seq, "") != event.previous_hash:
        return _("It does not follow the event before it.")
    if private and sha256((private.salt + private.payload).encode()) != event.private_hash:
        return _("Its private words were changed.")
    return ""
