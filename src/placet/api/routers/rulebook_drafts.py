"""Writing rules: the one draft of a rulebook, its check, and publishing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, NamedTuple

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.errors import VersionMismatch, VersionRequired
from placet.api.files import wants_yaml, yaml_answer
from placet.api.paging import whole_list
from placet.api.rate import spend
from placet.api.schemas.base import LARGEST, Identifier, ListOf, Wish
from placet.api.schemas.rulebook import (
    FindingShown,
    RulebookDraft,
    RulebookVersion,
    show_draft,
    show_findings,
    show_versions,
)
from placet.api.versions import HEADER, require_version, tag
from placet.companies.permissions import RULE_MANAGE
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import Forbidden, InvalidInput
from placet.plans.actions import publish_draft
from placet.plans.checks import check_document, describe_findings
from placet.rulebooks import actions, models, queries
from placet.rulebooks.documents import LARGEST_DOCUMENT, read_text
from placet.rulebooks.files import read_file
from placet.rulebooks.permissions import can_manage_rulebook

router = Router(tags=["rulebooks"])
PERMITS = 19
"""A check asks the engine thousands of questions: it costs as much as twenty calls."""
Document = Annotated[dict[str, Any], Field(description="as docs/rulebook.schema.json says")]
Yaml = Annotated[str, StringConstraints(max_length=LARGEST_DOCUMENT)]


class TextWish(Wish):
    """A text of rules: `document` with `examples`, or both as one `yaml` file."""

    document: Document | None = None
    examples: Annotated[list[dict[str, Any]], Field(max_length=500)] | None = None
    yaml: Yaml | None = None


class DraftWish(TextWish):
    """What the draft shall say; `based_on` is the version that its writer compared with."""

    based_on: Annotated[int, Field(ge=1, le=LARGEST)] | None = None


class CheckWish(TextWish):
    """What is checked: as the next version of `rulebook`, else as the company's own rules.

    Without a text it is the rulebook's draft.
    """

    rulebook: Identifier | None = None


class Publication(Wish):
    """The draft as it was seen, and why it is published."""

    version: Annotated[int, Field(ge=1, le=LARGEST)]
    note: Annotated[str, StringConstraints(max_length=400)] = ""


class Text(NamedTuple):
    """A document with its examples."""

    document: Mapping[str, Any]
    examples: Sequence[Mapping[str, Any]]


@router.post("/rulebooks/check", response=ListOf[FindingShown])
def check_rules(request: ApiRequest, body: CheckWish) -> ListOf[FindingShown]:
    """What is wrong with a text, each finding with a way out and a purchase that shows it.

    Stores nothing. Also as a file, with `Content-Type: application/yaml`.
    """
    spend(request.key.id, PERMITS)
    text = _text_of(body)
    rulebook = _rulebook_of(request.actor, body.rulebook, text)
    if text is None:
        draft = queries.get_draft(request.actor, rulebook.pk)
        text = Text(read_text(draft.document), queries.list_examples(draft))
    found = check_document(rulebook, text.document, text.examples, now=request.now)
    return whole_list(show_findings(describe_findings(found, text.document, actor=request.actor)))


@router.get("/rulebooks/{rulebook_id}/draft", response=RulebookDraft)
def get_rulebook_draft(request: ApiRequest, rulebook_id: str) -> RulebookDraft | HttpResponse:
    """The text that is being written; as a file with `Accept: application/yaml`."""
    rulebook = _reached(request.actor, rulebook_id)
    draft = queries.get_draft(request.actor, rulebook_id)
    tag(request, draft.version)
    if wants_yaml(request):
        return yaml_answer(read_text(draft.document), queries.list_examples(draft))
    draft.rulebook = rulebook
    return show_draft(draft, request.actor)


@router.put("/rulebooks/{rulebook_id}/draft", response={200: RulebookDraft, 201: RulebookDraft})
def save_rulebook_draft(
    request: ApiRequest, rulebook_id: str, body: DraftWish
) -> Status[RulebookDraft]:
    """Write the draft: `If-Match` names the one that was seen, `If-None-Match: *` begins one.

    Also as a file, with `Content-Type: application/yaml`.
    """
    rulebook = _reached(request.actor, rulebook_id)
    text = _text_of(body)
    if text is None:
        raise InvalidInput("document", "missing", _("Send a document, or a file as yaml."))
    before = _expected(request, rulebook)
    saved = actions.save_draft(
        rulebook,
        document=text.document,
        examples=text.examples,
        version=before,
        based_on=body.based_on,
        actor=request.actor,
        now=request.now,
    )
    tag(request, saved.version)
    found = queries.get_draft(request.actor, rulebook_id)
    found.rulebook = rulebook
    return Status(200 if before else 201, show_draft(found, request.actor))


@router.delete("/rulebooks/{rulebook_id}/draft", response={204: None})
def discard_rulebook_draft(request: ApiRequest, rulebook_id: str) -> Status[None]:
    """Drop the draft; what is published stays. Needs If-Match."""
    rulebook = _reached(request.actor, rulebook_id)
    draft = queries.get_draft(request.actor, rulebook_id)
    require_version(request, draft.version)
    actions.discard_draft(rulebook, version=draft.version, actor=request.actor, now=request.now)
    return Status(204, None)


@router.post("/rulebooks/{rulebook_id}/publications", response={201: RulebookVersion})
def publish_rulebook_draft(
    request: ApiRequest, rulebook_id: str, body: Publication
) -> Status[RulebookVersion]:
    """Check the draft and make it the rules that hold; running requisitions keep theirs.

    A 409 `rulebook_refused` carries the findings that are in the way.
    """
    rulebook = _reached(request.actor, rulebook_id)
    made = publish_draft(
        rulebook, version=body.version, note=body.note, actor=request.actor, now=request.now
    )
    version = queries.get_version(request.actor, rulebook_id, made.number)
    return Status(201, show_versions([version])[0])


def _reached(actor: Actor, rulebook_id: str) -> models.Rulebook:
    """A rulebook that the actor writes; a text that is being written is nobody else's business."""
    if not actor.holds_anywhere(RULE_MANAGE):
        raise Forbidden(_("Rules are written by those who manage them."))
    rulebook = queries.get_rulebook(actor, rulebook_id)
    refuse(can_manage_rulebook(actor, rulebook))
    return rulebook


def _expected(request: ApiRequest, rulebook: models.Rulebook) -> int | None:
    """The version of the draft that the caller saw; nothing where one begins."""
    draft = queries.find_draft(rulebook)
    if draft is not None:
        if request.headers.get("If-None-Match") == "*":
            raise VersionMismatch(_("There is a draft already."), version=draft.version)
        require_version(request, draft.version)
        return draft.version
    sent = request.headers.get(HEADER, "").strip()
    if sent not in ("", "*"):
        raise VersionMismatch(_("This draft was published or discarded meanwhile."), version=None)
    if not sent and request.headers.get("If-None-Match") != "*":
        raise VersionRequired(_("Send If-None-Match: * to begin a draft."))
    return None


def _text_of(body: TextWish) -> Text | None:
    """What was sent, as a document; a file is read as the screens read it."""
    if body.yaml is not None:
        if body.document is not None or body.examples is not None:
            raise InvalidInput("yaml", "twice", _("A document or a file, not both."))
        found = read_file(body.yaml)
        return Text(found.document, found.examples)
    if body.document is None:
        if body.examples is not None:
            raise InvalidInput("document", "missing", _("Examples need their document."))
        return None
    return Text(body.document, body.examples or ())


def _rulebook_of(actor: Actor, rulebook_id: str | None, text: Text | None) -> models.Rulebook:
    """The rulebook whose next version is meant; without one, the place of the company's own."""
    if rulebook_id is not None:
        return _reached(actor, rulebook_id)
    if not actor.holds_anywhere(RULE_MANAGE):
        raise Forbidden(_("Rules are written by those who manage them."))
    if text is None:
        raise InvalidInput("rulebook", "missing", _("Name a rulebook, or send a document."))
    side = models.Rulebook.Side.MERCHANT if actor.is_merchant else models.Rulebook.Side.BUYER
    return models.Rulebook(company_id=actor.company_id, side=side)
