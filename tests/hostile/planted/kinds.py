"""The kinds of secrets: what each looks like and what people call it."""

from __future__ import annotations

import base64
import random
import string
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_CHOICE = random.Random()  # noqa: S311 - made up, not for keeping
LOWER_HEX = "0123456789abcdef"
UPPER = string.ascii_uppercase + "234567"
WORD = string.ascii_letters + string.digits
DASHED = WORD + "-_"


def start_over() -> None:
    """Make the same secrets again."""
    _CHOICE.seed(19)


def some(length: int, letters: str = WORD) -> str:
    """Random letters; at least one is a digit, as one in sixteen and more of these alphabets are."""
    while True:
        made = "".join(_CHOICE.choice(letters) for _ in range(length))
        if any(one.isdigit() for one in made):
            return made


def _base64(length: int) -> str:
    return base64.b64encode(bytes(_CHOICE.randrange(256) for _ in range(length))).decode()


def _password() -> str:
    return some(4) + _CHOICE.choice("!#%*+.-_") + some(6)


@dataclass(frozen=True)
class Kind:
    """`names` are words that stand before such a secret; "" where it is known by its form alone."""

    make: Callable[[], str]
    names: tuple[str, ...]


KINDS = {
    # known by their form
    "aws-access-key": Kind(lambda: "AKIA" + some(16, UPPER), ("aws_id", "")),
    "github": Kind(lambda: "ghp_" + some(36), ("gh", "")),
    "github-fine-grained": Kind(lambda: "github_pat_" + some(22) + "_" + some(59), ("pat", "")),
    "gitlab": Kind(lambda: "glpat-" + some(20), ("gl", "")),
    "slack": Kind(lambda: "xoxb-" + some(12, string.digits) + "-" + some(24), ("bot", "")),
    "stripe": Kind(lambda: "sk_live_" + some(24), ("billing", "")),
    "stripe-webhook": Kind(lambda: "whsec_" + some(32), ("hook", "")),
    "google-api": Kind(lambda: "AIza" + some(35), ("maps", "")),
    "google-oauth": Kind(lambda: "GOCSPX-" + some(28), ("oauth", "")),
    "npm": Kind(lambda: "npm_" + some(36), ("registry", "")),
    "pypi": Kind(lambda: "pypi-AgEIcHlwaS5vcmc" + some(60), ("upload", "")),
    "sendgrid": Kind(lambda: f"SG.{some(22)}.{some(43)}", ("mail", "")),
    "language-model": Kind(lambda: "sk-ant-api03-" + some(60, DASHED), ("model", "")),
    "json-web-token": Kind(lambda: f"eyJ{some(20)}.eyJ{some(60)}.{some(43)}", ("jwt", "")),
    "vault": Kind(lambda: "hvs." + some(40), ("vault", "")),
    "digitalocean": Kind(lambda: "dop_v1_" + some(64, LOWER_HEX), ("cloud", "")),
    "docker-hub": Kind(lambda: "dckr_pat_" + some(27), ("hub", "")),
    "telegram": Kind(lambda: some(9, "123456789") + ":AA" + some(33), ("telegram", "")),
    "shopify": Kind(lambda: "shpat_" + some(32, LOWER_HEX), ("shop", "")),
    "databricks": Kind(lambda: "dapi" + some(32, LOWER_HEX), ("lake", "")),
    # known by what they are called
    "password": Kind(_password, ("password", "db_password", "DB_PASS", "smtp_passwd", "ROOT_PWD")),
    "aws-secret-key": Kind(lambda: some(38) + some(2), ("aws_secret_access_key", "AWS_SECRET_ACCESS_KEY")),
    "api-key": Kind(lambda: some(32, LOWER_HEX), ("api_key", "apiKey", "X_API_KEY", "maps_api_key")),
    "signing-key": Kind(lambda: some(50, WORD + "!@%^&*(-_=+"), ("SECRET_KEY", "jwt_secret", "signing_key")),
    "client-secret": Kind(lambda: some(40, DASHED), ("client_secret", "clientSecret", "OAUTH_CLIENT_SECRET")),
    "access-token": Kind(lambda: some(64), ("access_token", "refresh_token", "authToken", "TOKEN")),
    "fernet-key": Kind(lambda: _base64(32), ("fernet_key", "encryption_key", "master_key")),
    "storage-account-key": Kind(lambda: _base64(64), ("account_key", "storage_account_key", "shared_key")),
    "uuid-key": Kind(lambda: "-".join(some(n, LOWER_HEX) for n in (8, 4, 4, 4, 12)), ("HEROKU_API_KEY", "license_secret", "api_token")),
    "numeric-code": Kind(lambda: some(10, "0123456789"), ("passcode", "pin_password", "admin_password")),
}
