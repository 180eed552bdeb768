"""Addresses of the approval rules."""

from django.urls import path

from placet.web.rules.views import drafting, examples, files, keeping, publishing, reading

BOOK = "c/<slug:company>/rules/<str:rulebook_id>/"

urlpatterns = [
    path("rulebook.schema.json", reading.rulebook_schema_file, name="rulebook_schema"),
    path("c/<slug:company>/rules/", reading.rule_list, name="rules"),
    path("c/<slug:company>/rules/new/", keeping.rulebook_new, name="rulebook_new"),
    path(
        "c/<slug:company>/customers/<str:customer_id>/rules/",
        reading.customer_rules,
        name="customer_rules",
    ),
    path(BOOK, reading.rulebook, name="rulebook"),
    path(BOOK + "<int:number>/", reading.rule_version, name="rule_version"),
    path(BOOK + "<int:number>/restore/", publishing.version_restore, name="version_restore"),
    path(BOOK + "difference/", reading.rule_difference, name="rule_difference"),
    path(BOOK + "draft/", drafting.rulebook_draft, name="rulebook_draft"),
    path(BOOK + "draft/rules/", drafting.rule_change, name="rule_change"),
    path(BOOK + "draft/settings/", drafting.draft_settings, name="draft_settings"),
    path(BOOK + "draft/examples/", examples.example_new, name="example_new"),
    path(BOOK + "draft/examples/remove/", examples.example_remove, name="example_remove"),
    path(BOOK + "draft/publish/", publishing.draft_publish, name="draft_publish"),
    path(BOOK + "draft/merge/", publishing.draft_merge, name="draft_merge"),
    path(BOOK + "draft/discard/", drafting.draft_discard, name="draft_discard"),
    path(BOOK + "import/", files.rulebook_import, name="rulebook_import"),
    path(BOOK + "export/", files.rulebook_export, name="rulebook_export"),
    path(BOOK + "keeping/", keeping.rulebook_keeping, name="rulebook_keeping"),
    path(BOOK + "keeping/answer/", keeping.keeping_answer, name="keeping_answer"),
    path(BOOK + "household/", keeping.household_rules, name="household_rules"),
]
