"""The post office of the tests of mails."""

from tests.notices.conftest import post

__all__ = ["post"]
