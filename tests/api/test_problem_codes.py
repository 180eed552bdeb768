"""docs/api/errors-and-limits.md names every code that exists, and none that does not."""

from __future__ import annotations

import json
import re

import pytest

from placet.api.problem_codes import list_problems
from placet.api.rate import A_MINUTE
from placet.api.urls import api
from placet.jobs.setting_up import AlreadySetUp
from tests.api.caller import Caller, check
from tools.problem_codes import PAGE, page, said


def test_the_page_is_what_the_code_says() -> None:
    assert api.title
    text = PAGE.read_text(encoding="utf-8")
    wanted, found = page(text).splitlines(), text.splitlines()
    gone, lacking = sorted(set(found) - set(wanted)), sorted(set(wanted) - set(found))
    assert (gone, lacking) == ([], []), "run tools/problem_codes.py and read the difference"
    assert wanted == found, "run tools/problem_codes.py: the order is another"


def test_every_code_has_a_meaning_and_one_status() -> None:
    problems = list_problems()
    assert len(problems) > 60
    assert all(one.meaning.endswith(".") for one in problems)
    assert len({one.code for one in problems}) == len(problems)
    assert AlreadySetUp.code not in {one.code for one in problems}
    assert {"not_found", "plan_changed", "rate_limited", "busy"} <= {one.code for one in problems}


def test_reasons_and_faults_are_found_with_their_sentences() -> None:
    assert "| `merchant_itself` | The supplier cannot suspend itself. |" in said("Refusal")
    assert "| `base64` | This is no base64. |" in said("InvalidInput")


@pytest.mark.django_db
def test_the_example_and_the_limits_on_the_page_are_true(norden: Caller) -> None:
    text = PAGE.read_text(encoding="utf-8")
    example = re.search(r"```json\n(.*?)```", text, re.DOTALL)
    assert example
    shown = json.loads(re.sub(r"(: )…", r'\1"…"', example[1]))
    check("GET", "/me", shown["status"], "application/problem+json", shown)
    assert f"{A_MINUTE:,} times" in text
    headers = norden.get("/me").headers
    assert headers["RateLimit-Policy"] == f'"minute";q={A_MINUTE};w=60'
    assert f"`{headers['RateLimit-Policy']}`" in text
    left, seconds = (int(part[2:]) for part in headers["RateLimit"].split(";")[1:])
    assert 0 < left < A_MINUTE
    assert 0 < seconds <= 60
    fewer = norden.get("/me").headers["RateLimit"]
    assert fewer != headers["RateLimit"]
