"""The mailbox: real SMTP in, pages out; a mail's page is in a cage and its links work."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage

from django.test import Client

from placet.demo.mailbox.receiver import keep_mail, receiving_mail
from placet.demo.models import ReceivedMail
from placet.demo.running.environment import free_port
from tests.demo.conftest import EMAIL, member_of

LINK = "http://127.0.0.1:8000/d/abc/"


def make_mail(html: str = "") -> EmailMessage:
    """A mail to Rashid, with a page where one is given."""
    mail = EmailMessage()
    mail["From"] = "Placet <placet@localhost>"
    mail["To"] = EMAIL["rashid"]
    mail["Subject"] = "REQ-400 für dich: 3.240,00 €"
    mail.set_content(f"Łódź asks you.\n{LINK}\n")
    if html:
        mail.add_alternative(html, subtype="html")
    return mail


def test_what_is_sent_over_smtp_is_kept_for_each_recipient(own_world: None) -> None:
    port = free_port()
    with receiving_mail(port), smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
        client.send_message(make_mail(), to_addrs=[EMAIL["rashid"], EMAIL["mei"]])
    rows = list(ReceivedMail.objects.order_by("recipient"))
    assert [row.recipient for row in rows] == [EMAIL["mei"], EMAIL["rashid"]]
    assert {row.subject for row in rows} == {"REQ-400 für dich: 3.240,00 €"}


def test_the_list_shows_people_and_narrows_to_one(demo_client: Client) -> None:
    keep_mail(bytes(make_mail()), [EMAIL["rashid"], "nobody@else.example"])
    page = demo_client.get("/demo/mail/").content.decode()
    assert "Rashid Haddad" in page
    assert "nobody@else.example" in page
    narrowed = demo_client.get("/demo/mail/", {"to": "nobody@else.example"}).content.decode()
    assert narrowed.count('class="subject"') == 1


def test_an_empty_mailbox_says_what_to_do(demo_client: Client) -> None:
    assert "No mail yet" in demo_client.get("/demo/mail/").content.decode()


def test_a_mail_is_shown_as_text_with_links_that_work(demo_client: Client) -> None:
    keep_mail(bytes(make_mail()), [EMAIL["rashid"]])
    page = demo_client.get(f"/demo/mail/{ReceivedMail.objects.get().pk}/").content.decode()
    assert f'href="{LINK}"' in page
    assert "Łódź asks you." in page
    assert "<iframe" not in page


def test_a_mails_page_runs_nothing_and_opens_its_links_outside(demo_client: Client) -> None:
    html = f"<html><head></head><body><script>x()</script><a href='{LINK}'>Go</a></body></html>"
    keep_mail(bytes(make_mail(html)), [EMAIL["rashid"]])
    row = ReceivedMail.objects.get()
    assert (
        f'src="/demo/mail/{row.pk}/body/"'
        in demo_client.get(f"/demo/mail/{row.pk}/").content.decode()
    )
    body = demo_client.get(f"/demo/mail/{row.pk}/body/")
    policy = body.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    assert "allow-same-origin" not in policy
    assert body.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert '<base target="_top">' in body.content.decode()


def test_a_mail_that_is_not_there(demo_client: Client) -> None:
    assert demo_client.get("/demo/mail/4711/").status_code == 404
    assert demo_client.get("/demo/mail/4711/body/").status_code == 404


def test_one_becomes_the_recipient_and_stays_at_the_mail(demo_client: Client) -> None:
    keep_mail(bytes(make_mail()), [EMAIL["rashid"]])
    address = f"/demo/mail/{ReceivedMail.objects.get().pk}/"
    rashid = member_of("rashid")
    assert "Be Rashid Haddad" in demo_client.get(address).content.decode()
    answer = demo_client.post(f"/demo/as/{rashid.pk}/", {"next": address})
    assert answer.url == address  # type: ignore[attr-defined]
    assert "Be Rashid Haddad" not in demo_client.get(address).content.decode()
