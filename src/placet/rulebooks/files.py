"""A rulebook as a YAML file: the same text in git, on screen and in the database.

The file is the document with its examples as one more key. Writing and reading it back gives the
same document. Only the plain part of YAML is read: no anchors and aliases, no tags, no repeated
keys, a bounded depth and size; a plain word is a text, so `no` is a word and not a false.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import yaml
from django.utils.translation import gettext as _

from placet.core.errors import InvalidInput
from placet.rulebooks.documents import LARGEST_DOCUMENT

DEEPEST: Final = 40
WHOLE: Final = re.compile(r"-?(0|[1-9][0-9]{0,17})")
WORDS: Final[Mapping[str, bool | None]] = {"true": True, "false": False, "null": None, "": None}
ORDER: Final = (
    *("format", "side", "default", "amount_basis", "may_approve"),
    *("limit_approvers", "budget_approvers", "credit_approvers", "rules", "examples"),
)
RULE_ORDER: Final = ("id", "rule", "name", "when", "purchase", "then", "expect", "message")


class RulebookFile(NamedTuple):
    """What a file holds."""

    document: dict[str, Any]
    examples: list[dict[str, Any]]


class _Dumper(yaml.SafeDumper):
    """Writes every value out, also one that comes twice."""

    def ignore_aliases(self, _value: Any) -> bool:
        """Never an anchor: the reader refuses them."""
        return True


def _write_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """What no printer shows as it is stands escaped, since line breaks of Unicode get lost."""
    style = None if text.isprintable() else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _write_text)


def write_file(document: Mapping[str, Any], examples: Sequence[Mapping[str, Any]] = ()) -> str:
    """The YAML of a rulebook, its keys in the order in which people read them."""
    whole: dict[str, Any] = dict(document)
    if examples:
        whole["examples"] = [_ordered(example, RULE_ORDER) for example in examples]
    whole["rules"] = [_ordered(rule, RULE_ORDER) for rule in whole.get("rules", [])]
    return yaml.dump(
        _ordered(whole, ORDER),
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=100,
        default_flow_style=False,
    )


def read_file(text: str) -> RulebookFile:
    """The document and examples of a YAML file; raises ``InvalidInput`` with the line.

    Whether it is a rulebook is asked when it is saved.
    """
    if len(text.encode(errors="replace")) > LARGEST_DOCUMENT:
        raise InvalidInput("file", "too_large", _("A rulebook has at most a million characters."))
    try:
        whole = _Reader(text).read()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise _refusal("not_yaml", mark, _("This is no YAML.")) from error
    if not isinstance(whole, dict):
        raise InvalidInput("file", "not_a_rulebook", _("A rulebook is a mapping with its rules."))
    examples = whole.pop("examples", [])
    if not isinstance(examples, list):
        raise InvalidInput("examples", "wrong_type", _("Examples are a list."))
    return RulebookFile(whole, examples)


def _ordered(node: Mapping[str, Any], order: Sequence[str]) -> dict[str, Any]:
    known = {key: node[key] for key in order if key in node}
    return {**known, **{key: value for key, value in node.items() if key not in known}}


def _refusal(code: str, mark: Any, said: str) -> InvalidInput:
    line = mark.line + 1 if mark is not None else 0
    where = _("Line %(line)d: ") % {"line": line} if line else ""
    return InvalidInput("file", code, f"{where}{said}", line=line)


class _Reader:
    """Builds values from the events of a YAML text, so that nothing is built that is refused."""

    def __init__(self, text: str) -> None:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self._events: Iterator[Any] = iter(yaml.parse(text, Loader=loader))

    def read(self) -> Any:
        """The one document of the text."""
        value: Any = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    said = _("A file holds one rulebook.")
                    raise _refusal("several_documents", event.start_mark, said)
                value = self._value(next(self._events), 1)
        return value

    def _value(self, event: Any, depth: int) -> Any:
        self._check(event, depth)
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(following := next(self._events), yaml.SequenceEndEvent):
                items.append(self._value(following, depth + 1))
            return items
        node: dict[str, Any] = {}
        while not isinstance(following := next(self._events), yaml.MappingEndEvent):
            key = self._key(following, node, depth)
            node[key] = self._value(next(self._events), depth + 1)
        return node

    def _key(self, event: Any, node: Mapping[str, Any], depth: int) -> str:
        self._check(event, depth)
        if not isinstance(event, yaml.ScalarEvent):
            raise _refusal("wrong_key", event.start_mark, _("A key is a text."))
        if event.value in node:
            said = _("“%(key)s” comes twice.") % {"key": event.value[:60]}
            raise _refusal("repeated_key", event.start_mark, said)
        return str(event.value)

    def _check(self, event: Any, depth: int) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            said = _("Anchors and aliases are not allowed here: write the value out.")
            raise _refusal("alias", event.start_mark, said)
        if getattr(event, "tag", None):
            raise _refusal("tag", event.start_mark, _("Tags such as !!python are not allowed."))
        if depth > DEEPEST:
            raise _refusal("too_deep", event.start_mark, _("This is nested too deeply."))


def _scalar(event: Any) -> Any:
    """Quoted is a text; plain is a whole number, true, false, null or a text."""
    value = str(event.value)
    if not event.implicit[0]:
        return value
    if value in WORDS:
        return WORDS[value]
    return int(value) if WHOLE.fullmatch(value) else value
