"""How second factors are kept: their secrets are encrypted with a key made from the secret."""

from __future__ import annotations

import base64
import hashlib

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser

ISSUER = "Placet"


class EncryptedSecrets(DefaultMFAAdapter):  # type: ignore[misc]
    """A copy of the database alone gives nobody a second factor.

    Changing ``PLACET_SECRET`` makes the stored secrets unreadable, as it ends every session.
    """

    def encrypt(self, text: str) -> str:
        """The text as it is stored."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The text as allauth compares it."""
        return _box().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        """The name that the authenticator app shows."""
        return ISSUER

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """The account under which the app lists the code."""
        return str(getattr(user, "email", user))


def _box() -> Fernet:
    seed = hashlib.sha256(b"placet second factor" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(seed))
