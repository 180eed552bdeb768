"""The members of the other companies, and of the merchant."""

from placet.demo.world.companies import BERG, HARBOUR, KOWALSKI, NORDEN, PARK
from placet.demo.world.shapes import Grant, Member

BUYER = Grant("buyer")
APPROVER = Grant("approver")
ADMIN = Grant("company_admin")
PARENT = Grant("parent")
CHILD = Grant("child")

KOWALSKI_MEMBERS = (
    Member("marta", KOWALSKI, "kowalski-all", "Prezes", None, (BUYER, APPROVER, ADMIN)),
    Member("jan", KOWALSKI, "kowalski-poznan", "Kierownik magazynu", "marta", (BUYER, APPROVER)),
    Member("zofia", KOWALSKI, "kowalski-poznan", "Magazynierka", "jan", (BUYER,)),
    Member("kacper", KOWALSKI, "kowalski-all", "Zaopatrzeniowiec", "marta", (BUYER,)),
)

HARBOUR_MEMBERS = (
    Member("ana", HARBOUR, "harbour-all", "Owner", None, (BUYER, APPROVER, ADMIN)),
    Member("owen", HARBOUR, "harbour-all", "Practice manager", "ana", (BUYER, APPROVER)),
    Member("liam", HARBOUR, "harbour-quay", "Dental nurse", "owen", (BUYER,)),
    Member("niamh", HARBOUR, "harbour-hill", "Dental nurse", "owen", (BUYER,)),
)

# Grace is one human with two memberships: at work in Meridian's payroll, at home a parent.
PARK_MEMBERS = (
    Member(
        "grace-at-home",
        PARK,
        "park-home",
        "Mother",
        None,
        (PARENT,),
        user="grace",
    ),
    Member("david", PARK, "park-home", "Father", None, (PARENT,)),
    Member("soonja", PARK, "park-home", "Grandmother", None, (Grant("grandparent"),)),
    Member("mina", PARK, "park-home", "Daughter", None, (CHILD,)),
    Member("leo", PARK, "park-home", "Son", None, (CHILD,)),
)

BERG_MEMBERS = (Member("hanna", BERG, "berg-home", "", None, (PARENT,)),)

NORDEN_MEMBERS = (
    Member("erik", NORDEN, "norden-all", "Owner", None, (Grant("owner"),)),
    Member("signe", NORDEN, "norden-all", "Store manager", "erik", (Grant("store_manager"),)),
    Member(
        "tomas",
        NORDEN,
        "norden-all",
        "Order desk",
        "signe",
        (Grant("merchant_orders"), Grant("sales_rep")),
    ),
    Member("maja", NORDEN, "norden-all", "Sales representative", "signe", (Grant("sales_rep"),)),
)
