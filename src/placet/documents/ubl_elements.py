"""Writing elements of UBL: values, groups of values, amounts. What is empty is not said."""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from placet.policy.money import plain_amount

ORDER: Final = "urn:oasis:names:specification:ubl:schema:xsd:Order-2"
AGGREGATE: Final = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
BASIC: Final = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

for prefix, namespace in (("", ORDER), ("cac", AGGREGATE), ("cbc", BASIC)):
    register_namespace(prefix, namespace)


def begin() -> Element:
    """An order without anything in it."""
    return Element(f"{{{ORDER}}}Order")


def written(root: Element) -> bytes:
    """The document in UTF-8."""
    indent(root)
    text: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return text + b"\n"


def group(parent: Element, *names: str) -> Element:
    """A group, or the innermost of several; its caller puts a value into it."""
    for name in names:
        parent = SubElement(parent, f"{{{AGGREGATE}}}{name}")
    return parent


def say(parent: Element, name: str, value: str) -> Element:
    """A value; one that is empty is not said, since the standard knows no empty elements."""
    element = Element(f"{{{BASIC}}}{name}")
    element.text = _NOT_XML.sub("\ufffd", value)
    if value.strip():
        parent.append(element)
    return element


def say_in(parent: Element, names: tuple[str, ...], name: str, value: str) -> None:
    """A value within groups of its own, which stand only where it does."""
    if value.strip():
        say(group(parent, *names), name, value)


def say_amount(parent: Element, name: str, amount_minor: int, currency: str) -> None:
    """An amount with its currency, in as many decimals as the currency has."""
    say(parent, name, plain_amount(amount_minor, currency)).set("currencyID", currency)
