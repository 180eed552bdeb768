"""Pages about the company itself: its settings and places, and the merchant's word about it.

``boss`` is the owner of the merchant's store. The things are Meridian's; Lund Dental has applied,
and Stahl Works is suspended.
"""

from __future__ import annotations

from typing import Any

from placet.companies.models import Company
from tests.cast import Cast
from tests.web.rights.table import read_table

ADDRESS = {
    "kind": "ship_to",
    "name": "Dock D",
    "street": "Hauptstraße 4",
    "postcode": "10115",
    "city": "Berlin",
    "country": "DE",
    "place": "company:",
    "version": "1",
}
FIELD = {"name": "Contract", "kind": "text", "position": "3", "version": "1"}
CUSTOMER = {
    "name": "Falk",
    "slug": "falk",
    "kind": "business",
    "payment_terms": "net_30",
    "currency": "EUR",
    "language": "en",
    "time_zone": "Europe/Berlin",
    "person": "Nora Falk",
    "email": "nora@falk.example",
}


def wishes_about_companies(cast: Cast, category_id: str) -> dict[str, Any]:
    """A valid body for each page that takes one."""
    version = str(Company.objects.get(pk=cast.company["meridian"]).version)
    return {
        "company": {
            "version": version,
            "name": "Meridian",
            "language": "en",
            "time_zone": "Europe/Berlin",
            "fiscal_year_month": "1",
            "mail_decisions": "sign_in",
            "second_factor": "optional",
        },
        "working_time": {
            "version": version,
            "working_days": ["1", "2", "3", "4"],
            "work_starts": "08:00",
            "work_ends": "16:30",
            "answer_hours": "8",
            "expire_days": "30",
            "holiday_country": "DE",
        },
        "own_hours": {"language": "en", "time_zone": "Europe/Berlin"},
        "categories": {"category": category_id, "member": cast.member["helena"]},
        "address_new": ADDRESS,
        "address": ADDRESS,
        "address_share": {"members": [cast.member["lena"]]},
        "address_close": {},
        "cost_center_new": {"code": "4411", "name": "ICU-5", "place": "company:"},
        "cost_center": {"name": "ICU", "place": "company:", "version": "1"},
        "cost_center_close": {},
        "reference_new": FIELD,
        "reference": FIELD,
        "reference_close": {},
        "application": {"slug": "lund", "payment_terms": "net_30"},
        "application_decline": {"answer": "We do not deliver there."},
        "customer_new": CUSTOMER,
        "customer_terms": {
            "name": "Meridian",
            "payment_terms": "net_14",
            "currency": "EUR",
            "version": version,
        },
        "customer_suspend": {"reason": "Unpaid.", "name": "Meridian Health Group"},
        "customer_resume": {},
        "exchange_rates": {"source": "PLN", "target": "EUR", "rate": "0.2345"},
        "apply": {**CUSTOMER},
        "sign_up": {**CUSTOMER},
    }


ROWS = read_table(
    """
                           owner peer sister head admin auditor desk store boss other parent child
GET   company              403   403  403    403  200   403     403  403   200  403   200    403
GET   working_time         403   403  403    403  200   403     403  403   200  403   200    403
POST  company              403   403  403    403  302   403     403  403   302  403   302    403
POST  working_time         403   403  403    403  302   403     403  403   302  403   302    403
GET   categories           403   403  403    403  200   403     403  403   404  403   200    403
POST  categories           403   403  403    403  302   403     403  403   404  403   422    403
GET   checklist            403   403  403    403  200   403     403  403   404  403   200    403
GET   addresses            403   403  403    403  200   403     404  404   404  403   200    403
GET   address_new          403   403  403    403  200   403     404  404   404  403   200    403
POST  address_new          403   403  403    403  302   403     404  404   404  403   302    403
GET   address              403   403  403    403  200   403     404  404   404  403   404    403
POST  address              403   403  403    403  302   403     404  404   404  403   404    403
POST  address_share        403   403  403    403  302   403     404  404   404  403   404    403
POST  address_close        403   403  403    403  302   403     404  404   404  403   404    403
GET   cost_centers         403   403  403    403  200   403     404  404   404  403   200    403
GET   cost_center_new      403   403  403    403  200   403     404  404   404  403   200    403
POST  cost_center_new      403   403  403    403  302   403     404  404   404  403   302    403
GET   cost_center          403   403  403    403  200   403     404  404   404  403   404    403
POST  cost_center          403   403  403    403  302   403     404  404   404  403   404    403
POST  cost_center_close    403   403  403    403  302   403     404  404   404  403   404    403
GET   references           403   403  403    403  200   403     404  404   404  403   200    403
GET   reference_new        403   403  403    403  200   403     404  404   404  403   200    403
POST  reference_new        403   403  403    403  302   403     404  404   404  403   302    403
GET   reference            403   403  403    403  200   403     404  404   404  403   404    403
POST  reference            403   403  403    403  302   403     404  404   404  403   404    403
POST  reference_close      403   403  403    403  302   403     404  404   404  403   404    403
GET   applications         404   404  404    404  404   404     403  403   200  404   404    404
GET   application          404   404  404    404  404   404     403  403   200  404   404    404
POST  application          404   404  404    404  404   404     403  403   302  404   404    404
POST  application_decline  404   404  404    404  404   404     403  403   302  404   404    404
GET   customer_new         404   404  404    404  404   404     403  403   200  404   404    404
POST  customer_new         404   404  404    404  404   404     403  403   302  404   404    404
GET   customer_terms       404   404  404    404  404   404     403  403   200  404   404    404
POST  customer_terms       404   404  404    404  404   404     403  403   302  404   404    404
POST  customer_suspend     404   404  404    404  404   404     403  403   302  404   404    404
POST  customer_resume      404   404  404    404  404   404     403  403   302  404   404    404
GET   exchange_rates       404   404  404    404  404   404     403  200   200  404   404    404
POST  exchange_rates       404   404  404    404  404   404     403  302   302  404   404    404
""",
    deactivated="404",
    suspended="403",
    anonymous="login",
)
