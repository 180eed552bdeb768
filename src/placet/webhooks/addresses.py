"""Where a webhook may go: the public internet, in one plain spelling, never our own network.

An address that a customer types makes this server open a connection, so every spelling of a
private address is refused: by name, by number, wrapped into IPv6, or behind a name that resolves to
one. The name is resolved once; the connection goes to the very address that was checked.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from placet.core.errors import InvalidInput

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

LONGEST_URL = 500
PRINTABLE = re.compile(r"[!-~]+")
NAME = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*", re.IGNORECASE)
# Browsers and resolvers read a last label like these as a part of an IPv4 number.
NUMERIC_LABEL = re.compile(r"(0x[0-9a-f]*|[0-9]+)", re.IGNORECASE)
INSIDE_NAMES = ("localhost", "local", "internal", "intranet", "home.arpa", "lan", "corp")
WEB_PORTS = (80, 443)
FIRST_FREE_PORT = 1024
# Special ranges that Python's own table does not call private in every version, and ranges of IPv6
# that carry an IPv4 address: compatible, mapped, translated, 6to4, Teredo.
ALSO_INSIDE = tuple(
    ipaddress.ip_network(network)
    for network in (
        *("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15"),
        *("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48"),
        *("100::/64", "2001::/23", "2002::/16", "fec0::/10"),
    )
)


class RefusedAddress(InvalidInput):
    """The address is not one that we send to; ``detail`` says why."""

    def __init__(self, detail: str) -> None:
        super().__init__("url", "refused_address", detail)


class Target(NamedTuple):
    """A checked address: where the connection goes (``ip``), and what the request says."""

    scheme: str
    host: str
    port: int
    ip: str
    path: str

    @property
    def host_header(self) -> str:
        """The name that the receiver expects, with its port where it is not the usual one."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        usual = 443 if self.scheme == "https" else 80
        return name if self.port == usual else f"{name}:{self.port}"


def check_url(url: str) -> None:
    """Refuse an address whose spelling alone is enough to refuse it; nothing is looked up.

    Raises ``RefusedAddress``.
    """
    _parse(url)


def resolve_target(url: str) -> Target:
    """Check the spelling, resolve the name once, and check every address that it has.

    Raises ``RefusedAddress``; ``OSError`` when the name cannot be resolved.
    """
    parts, host, port = _parse(url)
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [ipaddress.ip_address(str(entry[4][0]).split("%")[0]) for entry in found]
    if not addresses:
        raise OSError("the name has no address")
    for address in addresses:
        _refuse_inside(address)
    path = parts.path or "/"
    return Target(
        scheme=parts.scheme,
        host=host,
        port=port,
        ip=str(addresses[0]),
        path=f"{path}?{parts.query}" if parts.query else path,
    )


def _parse(url: str) -> tuple[SplitResult, str, int]:
    if len(url) > LONGEST_URL or not PRINTABLE.fullmatch(url) or "\\" in url:
        raise RefusedAddress(_("Write the address in plain characters, without spaces."))
    try:
        parts = urlsplit(url)
        port = parts.port if parts.port is not None else (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise RefusedAddress(_("This is not an address.")) from error
    schemes = {"https", "http"} if settings.PLACET_WEBHOOK_PRIVATE_ADDRESSES else {"https"}
    if parts.scheme not in schemes:
        raise RefusedAddress(_("The address must start with https://."))
    if "@" in parts.netloc or parts.fragment or "#" in url:
        raise RefusedAddress(_("The address may hold no user name and no fragment."))
    if port not in WEB_PORTS and port < FIRST_FREE_PORT:
        raise RefusedAddress(_("Ports below 1024 are refused, except 80 and 443."))
    return parts, _checked_host(parts.hostname or ""), port


def _checked_host(host: str) -> str:
    """The host name or the IP address in its usual spelling."""
    if ":" in host:
        try:
            address: IpAddress = ipaddress.IPv6Address(host)
        except ValueError as error:
            raise RefusedAddress(_("This is not an address.")) from error
        _refuse_inside(address)
        return str(address)
    name = host.lower()
    if NUMERIC_LABEL.fullmatch(name.rsplit(".", 1)[-1]):
        try:
            address = ipaddress.IPv4Address(name)
        except ValueError as error:
            raise RefusedAddress(_("Write an IP address as four decimal numbers.")) from error
        _refuse_inside(address)
        return str(address)
    if not NAME.fullmatch(name) or len(name) > 253:
        raise RefusedAddress(_("This is not the name of a host."))
    _refuse_inside_name(name)
    return name


def _refuse_inside_name(name: str) -> None:
    if settings.PLACET_WEBHOOK_PRIVATE_ADDRESSES:
        return
    if "." not in name or name.endswith(tuple(f".{inside}" for inside in INSIDE_NAMES)):
        raise RefusedAddress(_("This name belongs to an internal network."))


def _refuse_inside(address: IpAddress) -> None:
    if settings.PLACET_WEBHOOK_PRIVATE_ADDRESSES:
        return
    is_special = any(address in network for network in ALSO_INSIDE)
    is_odd = address.is_multicast or address.is_reserved or address.is_unspecified
    if is_special or is_odd or not address.is_global:
        raise RefusedAddress(_("This address belongs to an internal network."))
