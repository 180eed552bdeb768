"""Addresses of what the merchant keeps: products, prices, promotions, taxes, terms."""

from django.urls import path

from placet.web.store import exceptions, price_lists, products, promotions, terms, together

STORE = "c/<slug:company>/store"
urlpatterns = [
    path(f"{STORE}/products/", products.kept_products, name="kept_products"),
    path(f"{STORE}/products/new/", products.kept_product_new, name="kept_product_new"),
    path(f"{STORE}/products/change/", together.kept_products_change, name="kept_products_change"),
    path(f"{STORE}/products/<str:product_id>/", products.kept_product, name="kept_product"),
    path(f"{STORE}/price-lists/", price_lists.price_lists, name="price_lists"),
    path(f"{STORE}/price-lists/new/", price_lists.price_list_new, name="price_list_new"),
    path(f"{STORE}/price-lists/<str:price_list_id>/", price_lists.price_list, name="price_list"),
    path(
        f"{STORE}/price-lists/<str:price_list_id>/prices/",
        price_lists.price_list_prices,
        name="price_list_prices",
    ),
    path(
        "c/<slug:company>/customers/<str:customer_id>/price-lists/",
        price_lists.customer_price_lists,
        name="customer_price_lists",
    ),
    path(f"{STORE}/promotions/", promotions.promotions, name="promotions"),
    path(f"{STORE}/promotions/new/", promotions.promotion_new, name="promotion_new"),
    path(f"{STORE}/promotions/<str:promotion_id>/", promotions.promotion, name="promotion"),
    path(
        f"{STORE}/promotions/<str:promotion_id>/end/",
        promotions.promotion_end,
        name="promotion_end",
    ),
    path(f"{STORE}/tax-classes/", terms.tax_classes, name="tax_classes"),
    path(f"{STORE}/tax-classes/new/", terms.tax_class_new, name="tax_class_new"),
    path(f"{STORE}/tax-classes/<str:tax_class_id>/", terms.tax_class, name="tax_class"),
    path(f"{STORE}/rules/", exceptions.store_rules, name="store_rules"),
    path(f"{STORE}/terms/", terms.store_terms, name="store_terms"),
]
