"""Address of the merchant's exchange rates."""

from django.urls import path

from placet.web.exchange_rates import views

urlpatterns = [
    path("c/<slug:company>/exchange-rates/", views.exchange_rates, name="exchange_rates")
]
