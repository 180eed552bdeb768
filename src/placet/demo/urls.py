"""Addresses of the demo; included only where the demo is on."""

from django.urls import path

from placet.demo.erp import views as erp
from placet.demo.front import views as front
from placet.demo.mailbox import views as mailbox

urlpatterns = [
    path("", front.try_placet, name="front"),
    path("demo/as/<str:member_id>/", front.try_as, name="demo_try_as"),
    path("demo/clock/", front.move_clock, name="demo_clock"),
    path("demo/keys.json", front.show_keys, name="demo_keys"),
    path("demo/mail/", mailbox.mailbox, name="demo_mailbox"),
    path("demo/mail/<int:mail_id>/", mailbox.mail, name="demo_mail"),
    path("demo/mail/<int:mail_id>/body/", mailbox.body, name="demo_mail_body"),
    path("demo/erp/", erp.erp, name="demo_erp"),
    path("demo/erp/acknowledgements/", erp.acknowledge, name="demo_erp_acknowledge"),
]
