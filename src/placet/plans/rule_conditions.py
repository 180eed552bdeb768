"""A rule's condition in words: the tree of ``policy.conditions`` becomes one clause.

What a company chose itself (an amount, a category, a role) is marked, so that a page can set it in
bold: ``cut`` turns the marked text into pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple, cast

from django.utils.translation import gettext as _

from placet.core.formats import money_text
from placet.plans.rule_words import NOUNS, PERIODS, ROWS, SAID, SOURCES, SUMMED, SUMS, VERBS
from placet.policy.conditions import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Not,
    Rows,
    Sum,
    Wanted,
    walk,
)
from placet.policy.fields import FIELDS
from placet.policy.money import Money

OPEN, CLOSE = "\x02", "\x03"
MARKED = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
FEW = 4
AS_WRITTEN = frozenset(
    {
        *("line.sku", "line.name", "line.brand", "line.supplier"),
        *("purchase.reference", "purchase.justification", "purchase.currency"),
    }
)
FIRST_ORDER = ("company.earlier_orders", "=", 0)


class Piece(NamedTuple):
    """A part of a sentence; ``is_chosen`` marks what the company put there itself."""

    text: str
    is_chosen: bool = False


def cut(text: str) -> tuple[Piece, ...]:
    """The pieces of a sentence, in order; joined they are the sentence."""
    parts = MARKED.split(text)
    return tuple(Piece(part, index % 2 == 1) for index, part in enumerate(parts) if part)


def mark(text: str) -> str:
    """Mark what the company chose; control characters in it would be taken for marks."""
    return f"{OPEN}{text.replace(OPEN, '').replace(CLOSE, '')}{CLOSE}"


class Names(NamedTuple):
    """Words for ids and keys, and the language in which amounts are written."""

    words: Mapping[str, str]
    language: str

    def of(self, key: str) -> str:
        """The name of an id, else its last part made readable: ``medical-devices/small``."""
        found = self.words.get(key) or self.words.get(key.strip("/"))
        return found or key.strip("/").rpartition("/")[2].replace("_", " ").replace("-", " ")


def clause(condition: Condition, names: Names, *, holds: bool = True) -> str:
    """The condition as a clause, such as "the order is over 500.00 EUR"."""
    if isinstance(condition, Not):
        return clause(condition.part, names, holds=not holds)
    if isinstance(condition, AllOf | AnyOf):
        joined_by_and = isinstance(condition, AllOf) == holds
        return _joined(condition.parts, names, holds=holds, by_and=joined_by_and)
    if isinstance(condition, Rows):
        return _rows(condition, names, holds=holds)
    if isinstance(condition, Sum):
        return _sum(condition, names, holds=holds)
    return _comparison(condition, names, holds=holds)


def mentioned(condition: Condition) -> Iterator[tuple[str, str]]:
    """Every field with a text that it is compared with: what needs a name."""
    for part in walk(condition):
        if isinstance(part, Comparison):
            values = part.value if isinstance(part.value, tuple) else (part.value,)
            yield from ((part.field, value) for value in values if isinstance(value, str))


def _joined(parts: tuple[Condition, ...], names: Names, *, holds: bool, by_and: bool) -> str:
    said = [
        f"({text})" if _is_group(part) and len(parts) > 1 else text
        for part in parts
        for text in [clause(part, names, holds=holds)]
    ]
    if not said:
        return _("the order exists") if by_and else _("never")
    return (_(" and ") if by_and else _(" or ")).join(said)


def _is_group(condition: Condition) -> bool:
    inner = condition.part if isinstance(condition, Not) else condition
    return isinstance(inner, AllOf | AnyOf) and len(inner.parts) > 1


def _rows(rows: Rows, names: Names, *, holds: bool) -> str:
    flipped = {"any": "no", "no": "any", "all": "not all"}
    quantifier = rows.quantifier if holds else flipped[rows.quantifier]
    said = clause(rows.part, names)
    return str(ROWS[f"{quantifier} {rows.scope}"]).format(predicate=said)


def _sum(condition: Sum, names: Names, *, holds: bool) -> str:
    kind = "quantity" if condition.measure == "line_quantity" else "amount"
    verb = str(SUMS[kind][condition.operator][0 if holds else 1])
    if condition.operator != "is empty":
        verb = verb.format(value=_values(condition.value, "", names))
    where = clause(condition.where, names) if _narrows(condition.where) else _("is ordered")
    return str(SUMMED[condition.measure]).format(where=where, verb=verb)


def _narrows(condition: Condition) -> bool:
    return not (isinstance(condition, AllOf) and not condition.parts)


def _comparison(comparison: Comparison, names: Names, *, holds: bool) -> str:
    field, operator, wanted = comparison.field, comparison.operator, comparison.value
    if isinstance(wanted, bool):
        return str(SAID[field][0 if wanted is holds else 1])
    if (field, operator, wanted) == FIRST_ORDER:
        return (
            _("it is the company’s first order") if holds else _("the company has ordered before")
        )
    about = _about(comparison)
    said = mark(str(wanted)) if operator == "matches" else _values(wanted, field, names)
    values = {"value": said, "about": about}
    special = SAID.get(f"{field} {operator}")
    if special is not None:
        return str(special[0 if holds else 1]).format(**values)
    verb = str(VERBS[operator][0 if holds else 1]).format(**values)
    noun = str(NOUNS[field]).format(about=about)
    if FIELDS[field].scope == "purchase":
        return _("%(noun)s %(verb)s") % {"noun": noun, "verb": verb}
    return _("has a %(noun)s that %(verb)s") % {"noun": noun, "verb": verb}


def _about(comparison: Comparison) -> str:
    parameter = comparison.parameter
    if FIELDS[comparison.field].parameter == "period":
        return str(PERIODS[str(parameter)])
    return "" if parameter is None else mark(str(parameter))


def _values(wanted: Wanted, field: str, names: Names) -> str:
    if wanted is None:
        return ""
    if not isinstance(wanted, tuple) or isinstance(wanted, Money):
        return mark(_value(wanted, field, names))
    texts = [mark(_value(item, field, names)) for item in wanted[:FEW]]
    if len(wanted) > FEW:
        texts.append(_("%(count)d more") % {"count": len(wanted) - FEW})
    # Bounds stand in a pair of amounts; everything else is a choice.
    joint = _(" or ") if isinstance(wanted[0], str) else _(" and ")
    return joint.join(filter(None, [", ".join(texts[:-1]), texts[-1]]))


def _text(wanted: str, field: str, names: Names) -> str:
    """What people write themselves stands as it is; everything else by its name."""
    return wanted if field in AS_WRITTEN else names.of(wanted)


def _value(wanted: Wanted, field: str, names: Names) -> str:
    if isinstance(wanted, Money):
        return money_text(wanted.amount_minor, wanted.currency, names.language)
    if isinstance(wanted, str):
        return str(SOURCES[wanted]) if field == "purchase.source" else _text(wanted, field, names)
    kind = FIELDS[field].kind if field in FIELDS else ""
    if kind == "basis_points":
        return f"{Decimal(cast(int, wanted)).scaleb(-2).normalize():f}\N{NO-BREAK SPACE}%"
    return f"{wanted:f}" if isinstance(wanted, Decimal) else str(wanted)
