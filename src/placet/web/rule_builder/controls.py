"""Controls as the templates draw them: name, label, what can be chosen, what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.translation import gettext as _

from placet.policy.fields import FIELDS, Scope
from placet.policy.rulebook import MERCHANT_FIELDS
from placet.web.rule_builder.choices import Choices, Option
from placet.web.rule_builder.slots import Slot
from placet.web.rule_builder.words import SCOPES, Words, label_of_field


@dataclass(slots=True)
class Control:
    """One control. ``kind`` chooses how it is drawn; ``texts`` is what it holds.

    ``is_choice`` marks those that change which other controls there are.
    """

    name: str
    kind: str
    label: str
    texts: list[str]
    options: Sequence[Option] = ()
    groups: Sequence[tuple[str, Sequence[Option]]] = ()
    hint: str = ""
    suffix: str = ""
    error: str = ""
    is_choice: bool = False
    is_focused: bool = False
    shows_label: bool = False
    found: Sequence[Option] = ()
    typed: str = ""
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The one text that it holds."""
        return self.texts[-1] if self.texts else ""

    @property
    def place(self) -> str:
        """What the buttons beside it call it: ``parts/0:value``."""
        at, _slash, name = self.name.rpartition("/")
        return f"{at}:{name}"

    @property
    def more(self) -> str:
        """The name of the control that adds to the chosen values."""
        return self._beside("more")

    @property
    def find(self) -> str:
        """The name of the search for people."""
        return self._beside("find")

    @property
    def language_name(self) -> str:
        """The name of the language that a text is said in."""
        return self._beside("language")

    def _beside(self, name: str) -> str:
        return f"{self.name.rpartition('/')[0]}/{name}".lstrip("/")

    @property
    def error_id(self) -> str:
        """The id of the sentence that says what is wrong."""
        return f"{self.name}-error"

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """What was chosen, with its words; what the list does not know stands as it is."""
        words = {option.value: option.label.strip() for option in self.options} | dict(self.words)
        return [(text, words.get(text, text)) for text in self.texts if text]

    @property
    def is_stranger(self) -> bool:
        """Whether it holds something that is in no list: it is shown, and never lost."""
        known = [option.value for option in self.options]
        known += [option.value for _label, options in self.groups for option in options]
        return bool(self.text) and self.text not in known

    @property
    def unchosen(self) -> list[Option]:
        """What can still be added."""
        return [option for option in self.options if option.value not in self.texts]


class Drawing:
    """Makes controls: knows the lists, the problems to show and where the focus is."""

    def __init__(
        self, choices: Choices, errors: Mapping[str, str], focus: str, language: str
    ) -> None:
        self.choices = choices
        self.errors = errors
        self.focus = focus
        self.language = language

    def control(
        self, slot: Slot, at: str, name: str, kind: str, label: object, *, of: str = ""
    ) -> Control:
        """A control of a slot; ``of`` is the name of its text where it is not the control's."""
        full = f"{at}{name}"
        return Control(
            name=full,
            kind=kind,
            label=str(label),
            texts=list(slot.values.get(of or name, [])),
            error=self.errors.get(full, ""),
            is_focused=full == self.focus,
        )

    def select(
        self,
        slot: Slot,
        at: str,
        name: str,
        label: object,
        options: Sequence[Option],
        *,
        is_choice: bool = False,
    ) -> Control:
        """A list of which one is chosen."""
        control = self.control(slot, at, name, "select", label)
        control.options, control.is_choice = options, is_choice
        return control


def listed(words: Words, *keys: str) -> list[Option]:
    """Words as options, all of them or those named."""
    return [Option(key, str(words[key])) for key in (keys or words)]


@lru_cache(maxsize=32)
def fields_of(scope: Scope, side: str, language: str) -> tuple[tuple[str, tuple[Option, ...]], ...]:
    """The fields that can be compared in a scope, under headings.

    On the whole order the fields of lines are offered too: choosing one puts "any line" around it.
    """
    within: dict[str, tuple[Scope, ...]] = {
        "purchase": ("purchase", "line", "allocation"),
        "line": ("line",),
        "allocation": ("allocation", "line"),
    }
    return tuple(
        (heading, options)
        for shown in within[scope]
        for heading, options in _headings(shown, side, language)
    )


def _headings(scope: Scope, side: str, language: str) -> list[tuple[str, tuple[Option, ...]]]:
    """One heading for lines and for their parts, several for what is known of an order."""
    by_heading: dict[str, list[Option]] = {}
    for known in FIELDS.values():
        if known.scope == scope and not (side == "buyer" and known.key in MERCHANT_FIELDS):
            about = known.key.partition(".")[0]
            heading = str(SCOPES[scope]) if scope != "purchase" else _heading(about)
            option = Option(known.key, label_of_field(known, language))
            by_heading.setdefault(heading, []).append(option)
    return [(heading, tuple(options)) for heading, options in by_heading.items()]


def _heading(about: str) -> str:
    return {
        "purchase": _("The order"),
        "quote": _("The quote"),
        "requester": _("Who orders"),
        "beneficiary": _("Whom it is for"),
        "company": _("The company"),
        "history": _("What was ordered before"),
    }[about]
