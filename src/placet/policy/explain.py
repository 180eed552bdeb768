"""The same in a sentence: reasons, steps and near misses in the reader's language.

Sentences are made when somebody reads them; a plan holds values only. Where a rule has a name of
its own the findings still come first, because they say what is true of *this* purchase.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from types import ModuleType
from typing import Final, cast

from placet.policy import words_en, words_pl
from placet.policy.fields import FIELDS
from placet.policy.money import plain_amount
from placet.policy.plan import Finding, Label, NearMiss, PlanStep, Reason, Text, Value

MoneyFormat = Callable[[int, str, str], str]
"""(amount_minor, currency, language) to text; the application formats by locale."""

_LANGUAGES: Final[Mapping[str, ModuleType]] = {"en": words_en, "pl": words_pl}


def plain_money(amount_minor: int, currency: str, language: str) -> str:
    """`500.00 EUR`, with no separators: what the engine says when nobody gives it a format."""
    return f"{plain_amount(amount_minor, currency)} {currency}"


class Speaker:
    """Says things in one language. `names` gives words to ids: ship-tos, roles, members."""

    def __init__(
        self,
        language: str = "en",
        *,
        names: Mapping[str, str] | None = None,
        money: MoneyFormat = plain_money,
    ) -> None:
        self.language = language
        self._words = _LANGUAGES.get(language, words_en)
        self._names = names or {}
        self._money = money

    def reason(self, reason: Reason) -> str:
        """`Order over 500.00 EUR on cost centre 4410`; the code's own sentence where it has one."""
        found = self._words.AND.join(self._findings(reason))
        template = self._words.REASONS.get(reason.code)
        if template is not None:
            return _capitalised(template.format(findings=found or self.text(reason.name)))
        return _capitalised(found or self._words.REASONS["always"])

    def _findings(self, reason: Reason) -> list[str]:
        """What was found, each once; lines that were just named are not named again."""
        said: list[str] = []
        lines: tuple[int, ...] = ()
        for finding in dict.fromkeys(reason.findings):
            text = self.finding(finding, named=bool(lines) and finding.lines == lines)
            if not said and finding.field in self._words.PLACES and self._is_said(finding):
                text = self._words.ORDER.format(finding=text)
            is_template = self._template(finding)[:1] != "{" or finding.lines
            said.append(text[:1].lower() + text[1:] if said and is_template else text)
            lines = finding.lines
        return said

    def finding(self, finding: Finding, *, named: bool = False) -> str:
        """One comparison, with its values; `named` when its lines stand in the sentence already."""
        template = self._template(finding)
        if named:
            template = template.removeprefix("{lines_of}: ")
        values = self._values(finding)
        said = template.format(field=self._field(finding), **values)
        return said + "".join(self._where(inner) for inner in finding.where)

    def _where(self, inner: Finding) -> str:
        """What narrows a sum: ` on cost centre 4410`, or a clause: `: line 1 is in …`."""
        text = self.finding(inner)
        is_clause = self._template(inner).startswith("{lines")
        return f": {text[:1].lower()}{text[1:]}" if is_clause else f" {text}"

    def label(self, label: Label) -> str:
        """What a step is called."""
        if label.code == "text":
            return self.text(label.values)
        values = {key: self.name(value) for key, value in label.values}
        template: str = self._words.LABELS.get(label.code, label.code)
        return template.format(**values) if values or "{" not in template else ""

    def text(self, text: Text) -> str:
        """A rule's own text in this language, else in the first that it has."""
        texts = dict(text)
        return texts.get(self.language) or texts.get("") or next(iter(texts.values()), "")

    def way_out(self, code: str) -> str:
        """What the buyer could do instead."""
        said: str = self._words.WAYS_OUT.get(code, code)
        return said

    def change(self, code: str, **values: str) -> str:
        """What could be changed, for a way out: `Use cost centre 4420`."""
        return str(self._words.CHANGES[code]).format(**values)

    def effect(self, code: str, **values: str) -> str:
        """What a way out would do: `nobody has to approve`."""
        return str(self._words.EFFECTS[code]).format(**values)

    def name(self, key: str) -> str:
        """The name of an id, else its last part made readable: `store_manager`, `a/Devices`."""
        return self._names.get(key) or key.rpartition("/")[2].replace("_", " ")

    def listed(self, words: Iterable[str]) -> str:
        """`a`, `a and b`, `a, b and c`."""
        return _listed(list(words), self._words.AND)

    def near_miss(self, miss: NearMiss) -> str:
        """`Finance: order over 5,000.00 EUR`, without the gap, which stands beside it."""
        who = self.label(miss.label) if miss.label else self.text(miss.name)
        said = self.finding(miss.finding)
        return f"{who}: {said}" if who else _capitalised(said)

    # ── Words ───────────────────────────────────────────────────────────────────────────────────

    def _template(self, finding: Finding) -> str:
        special: Mapping[str, str] = self._words.FINDINGS
        if isinstance(finding.wanted, bool):
            holds = finding.wanted is not finding.operator.startswith("not ")
            found = special.get(f"{finding.field} {'true' if holds else 'false'}")
            if found is not None:
                return found
        found = special.get(f"{finding.field} {finding.operator}{_emptied(finding)}")
        pattern: str = found or self._words.OPERATORS[finding.operator]
        if found is None and finding.lines and finding.field.startswith("line."):
            return "{lines_of}: " + pattern
        return pattern

    def _is_said(self, finding: Finding) -> bool:
        """Whether the finding has words of its own, without a subject."""
        return f"{finding.field} {finding.operator}" in self._words.FINDINGS

    def _values(self, finding: Finding) -> dict[str, str]:
        return {
            "wanted": self._value(finding.wanted, finding),
            "actual": self._value(finding.actual, finding),
            "gap": self._value(_gap(finding), finding),
            "already": self._value(_already(finding), finding),
            "about": self._about(finding),
            "lines": self._lines(finding),
            "lines_of": self._lines(finding, bare=True),
            "ordinal": self._ordinal(finding.actual),
            "similar": self._counted("similar", finding.actual),
            "days": self._counted("days", finding.about),
        }

    def _field(self, finding: Finding) -> str:
        template: str = self._words.FIELDS.get(finding.field, finding.field)
        return template.format(
            about=self._about(finding), days=self._counted("days", finding.about)
        )

    def _about(self, finding: Finding) -> str:
        periods: Mapping[str, str] = self._words.PERIODS
        return periods.get(finding.about) or self.name(finding.about)

    def _lines(self, finding: Finding, *, bare: bool = False) -> str:
        one, several, every = self._words.LINE
        template = {0: every, 1: one}.get(len(finding.lines), several)
        if bare:
            template = template.rpartition(" ")[0]
        numbers = [str(number) for number in finding.lines]
        return str(template.format(numbers=_listed(numbers, self._words.AND)))

    def _value(self, value: Value, finding: Finding) -> str:
        if isinstance(value, bool) or value is None:
            return "" if value is None else str(value).lower()
        if isinstance(value, tuple):
            between = "between" in finding.operator
            joint: str = self._words.TO if between else self._words.OR
            return _listed([self._value(item, finding) for item in value], joint)
        if isinstance(value, (int, Decimal)):
            return self._number(value, finding)
        return self.name(value)

    def _number(self, value: int | Decimal, finding: Finding) -> str:
        if finding.currency:
            return self._money(int(value), finding.currency, self.language)
        field = FIELDS.get(finding.field)
        is_share = finding.field in ("authority.discount", "authority.margin")
        if is_share or (field is not None and field.kind == "basis_points"):
            percent = Decimal(value).scaleb(-2).normalize()
            return f"{percent:f} %"
        return f"{value:f}" if isinstance(value, Decimal) else str(value)

    def _counted(self, noun: str, value: Value) -> str:
        """`1 day`, `7 days`: a number with the form of the noun that it takes."""
        if not isinstance(value, int) and not (isinstance(value, str) and value.isdecimal()):
            return ""
        form = self._words.COUNTED[noun][self._words.plural(int(value))]
        return str(form).format(n=value)

    def _ordinal(self, value: Value) -> str:
        return str(self._words.ordinal(value)) if isinstance(value, int) else ""


def sentence(
    reason: Reason,
    language: str = "en",
    *,
    names: Mapping[str, str] | None = None,
    money: MoneyFormat = plain_money,
) -> str:
    """A reason in words: `Order over 500.00 EUR on cost centre 4410`."""
    return Speaker(language, names=names, money=money).reason(reason)


def step_label(
    step: PlanStep, language: str = "en", *, names: Mapping[str, str] | None = None
) -> str:
    """What a step is called: `head of ICU`, `Biomedical engineering`."""
    return Speaker(language, names=names).label(step.label)


def _gap(finding: Finding) -> Value:
    wanted, actual = finding.wanted, finding.actual
    if type(wanted) in (int, Decimal) and type(actual) in (int, Decimal):
        return cast(Value, abs(cast(Decimal, actual) - cast(Decimal, wanted)))
    return None


def _emptied(finding: Finding) -> str:
    """How a budget stood before the purchase: of less than nothing, nobody says it was left."""
    if finding.field != "budget.left" or type(finding.wanted) is not int or finding.wanted > 0:
        return ""
    return " overdrawn" if finding.wanted < 0 else " spent"


def _already(finding: Finding) -> Value:
    """What a budget was over by before the purchase."""
    return -finding.wanted if type(finding.wanted) is int else None


def _listed(words: list[str], joint: str) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + joint + words[-1]


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
