"""The effect as the page draws it: what happens, who is asked, how many of them and when."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.plans.rule_words import WAYS_OUT
from placet.policy.selectors import MAX_LEVELS
from placet.web.rule_builder.choices import Option
from placet.web.rule_builder.controls import Control, Drawing, listed
from placet.web.rule_builder.effect_parts import (
    EffectView,
    PeopleView,
    SelectorView,
    StepView,
    draw_text,
)
from placet.web.rule_builder.effects import YES
from placet.web.rule_builder.selectors import choices_of
from placet.web.rule_builder.slots import Slot
from placet.web.rule_builder.value_controls import draw_people
from placet.web.rule_builder.words import (
    EFFECT_HINTS,
    EFFECTS,
    MODES,
    QUORUMS,
    SELECTORS,
    SHAPES,
    WHERES,
)


def draw_effect(root: Slot, drawing: Drawing, side: str) -> EffectView:
    """The half of the rule behind "then"."""
    return _Effect(root, drawing, side).draw()


class _Effect:
    def __init__(self, root: Slot, drawing: Drawing, side: str) -> None:
        self.root = root
        self.drawing = drawing
        self.side = side

    def draw(self) -> EffectView:
        """Only what the chosen effect needs."""
        root, drawing = self.root, self.drawing
        effect = root.one("effect")
        options = listed(EFFECTS)
        chosen = drawing.select(root, "", "effect", _("What happens"), options, is_choice=True)
        view = EffectView(chosen, str(EFFECT_HINTS.get(effect, "")))
        if effect == "block":
            view.ways_out = self._ways_out()
        elif effect == "notify":
            view.people = self._people(root, "", "watchers", _("Who is told"), at_least=1)
        elif effect == "require":
            self._draw_require(view)
        return view

    def _ways_out(self) -> Control:
        control = self.drawing.control(self.root, "", "ways_out", "checks", _("Ways out"))
        offered = [Option(code, str(words)) for code, words in WAYS_OUT.items()]
        chosen = [Option(code, str(WAYS_OUT.get(code, code))) for code in control.texts]
        control.options = [*chosen, *(one for one in offered if one.value not in control.texts)]
        control.hint = _("The buyer sees these beside the message.")
        return control

    def _draw_require(self, view: EffectView) -> None:
        root, drawing = self.root, self.drawing
        shape = root.one("shape") or "steps"
        options = listed(SHAPES)
        view.shape = drawing.select(root, "", "shape", _("Who is asked"), options, is_choice=True)
        view.error = view.shape.error
        view.justification = self._check(root, "", "justification", _("The buyer must say why"))
        if shape == "management_chain":
            self._draw_chain(view)
            return
        view.place = shape
        view.is_focused = drawing.focus == f"add:{shape}"
        view.add = _("Another step") if shape == "steps" else _("Another amount")
        entries = root.entries(shape)
        view.steps = [
            self._step(step, f"{shape}/{index}/", index, len(entries), shape)
            for index, step in enumerate(entries)
        ]
        if shape == "tiers":
            if not root.one("mode"):
                root.put("mode", "final")
            if not root.one("currency"):
                root.put("currency", drawing.choices.currency)
            view.controls = [
                drawing.select(root, "", "mode", _("Who of them"), listed(MODES)),
                drawing.select(root, "", "currency", _("Currency"), drawing.choices.currencies),
                self._number(root, "", "first_rank", _("Rank of the first"), ""),
            ]

    def _draw_chain(self, view: EffectView) -> None:
        root = self.root
        add = _("Through these instead of the managers") if self.side == "buyer" else ""
        view.people = self._people(root, "", "through", _("Rungs"), add=add)
        view.controls = [
            self._check(root, "", "everyone_passed", _("Everybody on the way approves too")),
            self._number(root, "", "rank", _("Rank"), ""),
            self._number(root, "", "due_hours", _("To be decided within"), _("working hours")),
        ]
        view.label = draw_text(root, self.drawing, "", "label", _("Name of the step"))

    def _step(self, slot: Slot, at: str, index: int, count: int, shape: str) -> StepView:
        drawing = self.drawing
        is_tier = shape == "tiers"
        starts_at = drawing.control(slot, at, "from", "amount", _("From")) if is_tier else None
        if starts_at:
            starts_at.suffix = self.root.one("currency") or drawing.choices.currency
        quorum = [
            drawing.select(slot, at, "quorum", _("How many"), listed(QUORUMS), is_choice=True)
        ]
        if slot.one("quorum") == "count":
            quorum.append(self._number(slot, at, "needed", _("How many of them"), ""))
        return StepView(
            place=at.rstrip("/"),
            number=index + 1,
            count=count,
            starts_at=starts_at,
            people=self._people(slot, at, "approvers", _("Who approves"), at_least=1),
            otherwise=self._people(slot, at, "otherwise", _("If nobody of them can")),
            quorum=quorum,
            more=[
                self._number(slot, at, "rank", _("Rank"), ""),
                self._number(slot, at, "due_hours", _("To be decided within"), _("working hours")),
                self._check(slot, at, "distinct", _("Nobody who approved an earlier step")),
            ],
            label=draw_text(slot, drawing, at, "label", _("Name of the step")),
        )

    def _people(
        self, slot: Slot, at: str, name: str, label: str, *, at_least: int = 0, add: str = ""
    ) -> PeopleView:
        entries = slot.entries(name)
        place = f"{at}{name}"
        return PeopleView(
            place=place,
            label=label,
            rows=[
                SelectorView(
                    f"{place}/{index}",
                    self._selector(entry, f"{place}/{index}/"),
                    len(entries) > at_least,
                )
                for index, entry in enumerate(entries)
            ],
            add=add or (_("Somebody else too") if entries else _("Name somebody")),
            is_focused=self.drawing.focus == f"add:{place}",
        )

    def _selector(self, slot: Slot, at: str) -> list[Control]:
        drawing, choices = self.drawing, self.drawing.choices
        offered = choices_of(self.side)
        options = listed(SELECTORS, *offered)
        controls = [
            drawing.control(slot, at, "kind", "hidden", ""),
            drawing.select(slot, at, "select", _("Who"), options, is_choice=True),
        ]
        is_role = slot.one("select") in ("role", "merchant_role")
        for name in offered.get(slot.one("select"), ()):
            if name == "levels_up":
                of_units = slot.one("select") == "head"
                control = drawing.select(slot, at, name, _("How far up"), _levels(of_units))
            elif name == "members":
                control = draw_people(drawing, slot, at, name, _("People"))
            elif name == "where":
                control = drawing.select(slot, at, name, _("Where"), listed(WHERES))
            elif is_role:
                roles = choices.merchant_roles if self.side == "merchant" else choices.roles
                control = drawing.select(slot, at, name, _("Role"), roles)
            else:
                control = drawing.select(slot, at, name, _("Permission"), choices.permissions)
            controls.append(control)
        return controls

    def _number(self, slot: Slot, at: str, name: str, label: str, suffix: str) -> Control:
        control = self.drawing.control(slot, at, name, "number", label)
        control.suffix, control.shows_label = suffix, name in ("rank", "first_rank", "due_hours")
        return control

    def _check(self, slot: Slot, at: str, name: str, label: str) -> Control:
        control = self.drawing.control(slot, at, name, "check", label)
        control.options = [Option(YES, label)]
        return control


def _levels(of_units: bool) -> list[Option]:
    """How far up a head or a manager is looked for."""
    first = [
        Option("0", _("of the requester’s unit")),
        Option("1", _("of the unit above")),
    ]
    if not of_units:
        first = [Option("1", _("one level up"))]
    more = [Option(str(n), _("%(n)d levels up") % {"n": n}) for n in range(2, MAX_LEVELS + 1)]
    return [*first, *more]
