"""Polish: the words of the fields, and the sentences of reasons, steps and ways out.

The same keys as in `words_en`; a test holds them together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FIELDS: Final[Mapping[str, str]] = {
    "purchase.amount": "zamówienie",
    "purchase.goods": "towary",
    "purchase.shipping": "dostawa",
    "purchase.tax": "podatek",
    "purchase.total": "suma z podatkiem",
    "purchase.line_count": "liczba pozycji",
    "purchase.currency": "waluta",
    "purchase.bill_to": "płatnik",
    "purchase.terms": "warunki",
    "purchase.reference": "numer {about}",
    "purchase.justification": "uzasadnienie",
    "purchase.source": "źródło",
    "purchase.requested_in_days": "dni do żądanej daty",
    "purchase.weekday": "dzień tygodnia (poniedziałek to 1)",
    "purchase.hour": "godzina",
    "quote.discount": "rabat w ofercie",
    "quote.margin": "marża",
    "quote.target_price": "cena docelowa",
    "requester.member": "zamawiający",
    "requester.unit": "jednostka zamawiającego",
    "requester.roles": "role zamawiającego",
    "requester.permissions": "uprawnienia zamawiającego",
    "requester.orders": "zamówienia w okresie ({about}), łącznie z tym",
    "requester.spend": "wydatki w okresie ({about}), łącznie z tym zamówieniem",
    "beneficiary.differs": "zamówienie dla kogoś innego",
    "beneficiary.member": "osoba, dla której jest zamówienie",
    "company.earlier_orders": "wcześniejsze zamówienia firmy",
    "company.customer_for_days": "dni jako klient",
    "company.open_balance": "saldo otwarte",
    "company.overdue": "kwota po terminie",
    "history.similar_orders": "podobne zamówienia w ciągu {days}",
    "history.requester_spend": "wydatki zamawiającego w ciągu {days}, łącznie z tym",
    "history.unit_spend": "wydatki jednostki w ciągu {days}, łącznie z tym",
    "line.sku": "SKU",
    "line.name": "produkt",
    "line.category": "kategoria",
    "line.brand": "marka",
    "line.supplier": "dostawca",
    "line.tags": "etykiety",
    "line.quantity": "ilość",
    "line.unit_price": "cena jednostkowa",
    "line.total": "wartość pozycji",
    "line.restricted": "towar zastrzeżony",
    "line.first_time": "kupowane pierwszy raz",
    "line.above_last_price": "cena powyżej ostatnio zapłaconej",
    "line.above_list_price": "cena powyżej cennikowej",
    "line.first_of_category": "pierwsze zamówienie z kategorii",
    "line.category_spend": "wydatki na kategorię w ciągu {days}, łącznie z tym",
    "allocation.ship_to": "miejsce dostawy",
    "allocation.cost_centre": "centrum kosztów",
    "allocation.quantity": "przydzielona ilość",
    "allocation.amount": "przydzielona kwota",
    "allocation.need_by_in_days": "dni do potrzebnej daty",
    "allocation.first_to_ship_to": "pierwsze zamówienie do miejsca dostawy",
    "allocation.ship_to_spend": "wydatki na miejsce dostawy w ciągu {days}, łącznie z tym",
    "line_total": "suma",
    "line_quantity": "ilość",
    "allocation_total": "zamówienie",
}

OPERATORS: Final[Mapping[str, str]] = {
    ">": "{field} powyżej {wanted}",
    ">=": "{field} od {wanted}",
    "<": "{field} poniżej {wanted}",
    "<=": "{field} do {wanted}",
    "=": "{field}: {wanted}",
    "between": "{field} od {wanted}",
    "in": "{field}: {wanted}",
    "within": "{field} w dziale {wanted}",
    "matches": "{field} ma postać {wanted}",
    "is empty": "{field}: brak",
    "not >": "{field} nie powyżej {wanted}",
    "not >=": "{field} poniżej {wanted}",
    "not <": "{field} co najmniej {wanted}",
    "not <=": "{field} powyżej {wanted}",
    "not =": "{field} inne niż {wanted}",
    "not between": "{field} poza zakresem {wanted}",
    "not in": "{field} inne niż {wanted}",
    "not within": "{field} poza działem {wanted}",
    "not matches": "{field} nie ma postaci {wanted}",
    "not is empty": "{field}: podano",
}

FINDINGS: Final[Mapping[str, str]] = {
    "purchase.amount <": "{gap} poniżej minimum {wanted}",
    "line.category within": "{lines} w dziale {wanted}",
    "line.category =": "{lines} w dziale {wanted}",
    "line.category not within": "{lines} poza działem {wanted}",
    "line.tags in": "{lines} z etykietą {wanted}",
    "line.restricted true": "{lines_of}: towar zastrzeżony",
    "line.restricted false": "{lines_of}: towar niezastrzeżony",
    "line.first_time true": "{lines_of}: zakup pierwszy raz",
    "line.first_time false": "{lines_of}: kupowane wcześniej",
    "line.first_of_category true": "{lines_of}: pierwsze zamówienie z kategorii",
    "beneficiary.differs true": "Zamówienie dla kogoś innego",
    "beneficiary.differs false": "Zamówienie dla siebie",
    "line.above_last_price >": "{lines_of}: {actual} powyżej ostatniej ceny, ponad {wanted}",
    "allocation.cost_centre =": "na centrum kosztów {wanted}",
    "allocation.cost_centre in": "na centrum kosztów {wanted}",
    "allocation.ship_to =": "do {wanted}",
    "allocation.ship_to in": "do {wanted}",
    "allocation.ship_to not in": "do {actual}, co nie jest {wanted}",
    "allocation.first_to_ship_to true": "{lines_of}: pierwsza dostawa w to miejsce",
    "requester.permissions not in": "Zamawiający nie ma uprawnienia {wanted}",
    "requester.orders >": "{ordinal} zamówienie w okresie ({about}), dozwolone {wanted}",
    "history.similar_orders >": "{similar} w ciągu ostatnich {days}",
    "history.similar_orders >=": "{similar} w ciągu ostatnich {days}",
    "limit.order_minimum <": "{gap} poniżej Twojego minimum {wanted}",
    "limit.order_maximum >": "{gap} ponad Twój limit",
    "limit.spend >": "{gap} ponad Twój limit {wanted} w okresie ({about})",
    "limit.orders >": "{ordinal} zamówienie w okresie ({about}), dozwolone {wanted}",
    "limit.categories not within": "{lines} poza Twoimi kategoriami",
    "limit.ship_tos not in": "{actual} nie jest jednym z Twoich miejsc dostawy",
    "budget.left >": "{gap} ponad budżet {about}; przedtem zostawało {wanted}",
    "budget.left > spent": "{gap} ponad budżet {about}; przedtem nie zostawało nic",
    "budget.left > overdrawn": "{gap} ponad budżet {about}, w tym {already} przed tym zamówieniem",
    "credit.balance >": "{gap} ponad limit kredytu {wanted}",
    "rates is empty": "brak kursu dla {actual}",
    "authority.none is empty": "{about}: bez ustalonych uprawnień",
    "authority.order_maximum >": "{about} może zwolnić do {wanted}",
    "authority.order_minimum <": "{about} może zwolnić od {wanted}",
    "authority.orders >": "{about} może zwolnić do {wanted} zamówień",
    "authority.spend >": "{about} może zwolnić wydatki do {wanted}",
    "authority.period is empty": "{about}: bez uprawnień do okresu",
    "authority.categories not within": "{about}: bez uprawnień do {actual}",
    "authority.ship_tos not in": "{about}: bez uprawnień do {actual}",
    "quote.discount >": "rabat w ofercie {actual}, powyżej {wanted}",
    "quote.margin <": "marża {actual}, poniżej {wanted}",
    "quote.discount is empty": "rabat nie jest znany",
    "quote.margin is empty": "marża nie jest znana",
    "authority.discount >": "{about} może zwolnić rabaty do {wanted}",
    "authority.discount is empty": "{about}: bez uprawnień do rabatów",
    "authority.margin <": "{about} może zwolnić marże od {wanted}",
    "authority.margin is empty": "{about}: bez uprawnień do marży",
    "authority.nobody >": "niczyje uprawnienia nie obejmują {actual}",
}

REASONS: Final[Mapping[str, str]] = {
    "added": "{findings} prosi o dodatkową zgodę",
    "authority.author": "{findings}: ponad własne uprawnienia autora",
    "always": "Każde zamówienie",
    "default": "Żadna reguła nie mówi inaczej",
    "limit.always": "Każde Twoje zamówienie wymaga zgody",
    "limit.hard": "{findings}; nikt nie może tego zatwierdzić",
    "nobody_can_approve": "Nikt nie może tego zatwierdzić: {findings}",
    "unreadable_rulebook": "Nie można odczytać zbioru reguł",
}

LABELS: Final[Mapping[str, str]] = {
    "added": "dodatkowo poproszona osoba",
    "head": "kierownik: {unit}",
    "manager": "przełożony",
    "role": "{role}",
    "members": "wskazane osoby",
    "permission": "zatwierdzający jednostki",
    "budget_owner": "właściciel budżetu",
    "cost_centre_owner": "właściciel centrum kosztów",
    "category_owner": "właściciel kategorii",
    "admins": "administratorzy firmy",
    "merchant_role": "{role}",
    "merchant_owner": "właściciel u dostawcy",
}

WAYS_OUT: Final[Mapping[str, str]] = {
    "add_items": "Dodaj pozycje",
    "fewer_units": "Zamów mniej sztuk",
    "wait_for_next_period": "Zamów w następnym okresie",
    "remove_lines": "Usuń te pozycje",
    "choose_ship_to": "Wybierz inne miejsce dostawy",
    "another_cost_centre": "Użyj innego centrum kosztów",
    "ask_budget_owner": "Poproś właściciela budżetu o więcej",
    "ask_admin": "Zapytaj administratora firmy",
    "pay_open_invoices": "Zapłać otwarte faktury",
}

CHANGES: Final[Mapping[str, str]] = {
    "cost_centre": "Użyj centrum kosztów {to}",
    "ship_to": "Dostawa do {to}",
    "substitute": "Weź {to} zamiast {product}",
    "fewer_units": "Zamów {to} zamiast {quantity} × {product}",
    "remove_line": "Pomiń {product}",
    "remove_lines": "Pomiń pozycje {lines}",
    "wait": "Zamów od {to}",
}

EFFECTS: Final[Mapping[str, str]] = {
    "free": "nikt nie musi zatwierdzać",
    "one": "zatwierdza tylko {who}",
    "fewer": "liczba zgód: {n} zamiast {before}",
    "supplier": "dostawca",
    "possible.free": "można zamówić i nikt nie musi zatwierdzać",
    "possible.one": "można zamówić, zatwierdza {who}",
    "possible.several": "można zamówić, liczba zgód: {n}",
}

COUNTED: Final[Mapping[str, tuple[str, ...]]] = {
    "days": ("{n} dnia", "{n} dni", "{n} dni"),
    "similar": ("{n} podobne zamówienie", "{n} podobne zamówienia", "{n} podobnych zamówień"),
}
"""Days stand in the genitive: `w ciągu 7 dni`."""

ORDER: Final = "Zamówienie {finding}"
PLACES: Final = frozenset({"allocation.cost_centre", "allocation.ship_to"})

LINE: Final = ("Pozycja {numbers} jest", "Pozycje {numbers} są", "Każda pozycja jest")
AND: Final = " i "
TO: Final = " do "
OR: Final = " lub "
PERIODS: Final[Mapping[str, str]] = {
    "day": "dzień",
    "week": "tydzień",
    "month": "miesiąc",
    "quarter": "kwartał",
    "year": "rok",
}


def plural(number: int) -> int:
    """Which of the forms in `COUNTED` a number takes: jedno, dwa to cztery, pięć."""
    if number == 1:
        return 0
    return 1 if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else 2


def ordinal(number: int) -> str:
    """1., 2., 3."""
    return f"{number}."
