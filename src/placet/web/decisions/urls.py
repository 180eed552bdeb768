"""Addresses of what an approver can say beside yes and no, and of what the buyer answers."""

from django.urls import path

from placet.web.decisions import answers, asking, suggestions, talk

STEP = "c/<slug:company>/inbox/<str:step_id>/"
REQUISITION = "c/<slug:company>/requisitions/<str:number>/"

urlpatterns = [
    path(STEP + "lines/", answers.lower_lines, name="lower_lines"),
    path(STEP + "suggestions/", suggestions.suggest, name="suggest_line"),
    path(STEP + "forward/", asking.forward, name="forward_step"),
    path(STEP + "approvers/", asking.add, name="add_approver"),
    path(STEP + "question/", talk.ask, name="ask_requester"),
    path(REQUISITION + "comments/", talk.comment, name="requisition_comment"),
    path(REQUISITION + "comments/resolve/", talk.resolve, name="requisition_resolve"),
    path(REQUISITION + "suggestions/", suggestions.accept, name="accept_suggestions"),
    path(
        REQUISITION + "suggestions/<str:suggestion_id>/decline/",
        suggestions.decline,
        name="decline_suggestion",
    ),
]
