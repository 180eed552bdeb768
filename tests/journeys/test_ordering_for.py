"""Staff of the merchant order for a buyer, and only the buyer's own people say yes."""

from __future__ import annotations

from placet.carts.models import Cart
from placet.events.models import Event
from placet.orders.models import Order
from placet.requisitions.models import Requisition
from tests.cast import Cast
from tests.journeys.conftest import People
from tests.journeys.people import Day
from tests.journeys.road import answers, asked_step, cannot_answer, orders, state_of

WHY = "Lena telephoned: her network is down."


def test_tomas_orders_for_lena_and_rashid_decides(people: People, cast: Cast, day: Day) -> None:
    meridian = cast.company["meridian"]
    tomas = people.tomas
    orders(people.lena, cast, "GLV-M 20")  # As last time: staff do not choose her cost centre.
    begun = tomas.sends(
        tomas.opens("orders_for", meridian),
        "orders_for",
        meridian,
        member=cast.member["lena"],
        reason=WHY,
    )
    assert "On behalf of Lena Vogt at Meridian Health Group" in begun
    cart_id = Cart.objects.get(staff__isnull=False).pk
    assert cart_id not in str(people.lena.opens("carts").links), "it is none of Lena's carts"
    tomas.sends(begun, "order_for_add", meridian, cart_id, text="DRS-15 50")
    tomas.sends(
        tomas.opens("order_for", meridian, cart_id),
        "order_for_details",
        meridian,
        cart_id,
        ship_to=cast.address["ICU dock"],
        po_number="PR-88121",
    )
    page = tomas.opens("order_for", meridian, cart_id)
    assert "It needs the approval of Meridian Health Group before it is an order." in page
    for secret in ("Rashid", "25,000", "4410"):
        assert secret not in page, secret
    tomas.sends(page, "order_for_submit", meridian, cart_id)

    requisition = Requisition.objects.get(cart_id=cart_id)
    day.work()
    assert day.mails_to("lena"), "whoever is ordered for is told"
    for staff in (people.tomas, people.odd, people.mira):
        assert cannot_answer(staff, requisition)
    assert WHY in people.rashid.opens("decision", asked_step(requisition).pk)
    mine = Order.objects.filter(requisition_id=requisition.pk)
    assert not mine.exists()
    answers(people.rashid, requisition, "approve")
    day.undo_passes()

    assert state_of(requisition) == "ordered"
    assert mine.get().buyer_id == cast.member["lena"]
    proof = people.lena.opens("evidence", requisition.number)
    for words in ("Tomas Berg", WHY, "Rashid Haddad"):
        assert words in proof, words
    chains = Event.objects.filter(type__endswith=".ordered_for").values_list(
        "company_id", flat=True
    )
    assert set(chains) == {meridian, cast.company["norden"]}
