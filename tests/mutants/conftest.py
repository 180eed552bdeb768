"""The fixtures of the stories, for stories that are told to fail."""

from tests.journeys.conftest import day, people
from tests.journeys.test_budgets import budget
from tests.journeys.test_links import link, requisition

__all__ = ["budget", "day", "link", "people", "requisition"]
