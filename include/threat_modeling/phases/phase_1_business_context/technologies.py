"""Packages that tell what an application does: it takes payments, knows its users, holds health data, stores data."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from threat_modeling.codebase.naming import CODE
from threat_modeling.codebase.purpose import is_product

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project
    from threat_modeling.model import Evidence

Kind = Literal["payment", "identity", "health", "store", "web"]

_PACKAGES: dict[Kind, str] = {
    "payment": "stripe @stripe/stripe-js braintree braintree-web paypalrestsdk paypal-checkout-serversdk @paypal/checkout-server-sdk "
    "@paypal/react-paypal-js squareup square adyen @adyen/api-library razorpay mollie-api-python @mollie/api-client authorizenet "
    "dj-stripe djstripe klarna gocardless_pro",
    "identity": "auth0 auth0-python @auth0/auth0-react @auth0/auth0-spa-js okta okta-jwt-verifier pyjwt jwt jsonwebtoken jose python-jose passport "
    "authlib flask_login flask-login flask_jwt_extended flask-jwt-extended django-allauth allauth keycloak python-keycloak "
    "keycloak-js firebase-admin firebase_admin next-auth bcrypt bcryptjs passlib argon2 argon2-cffi express-jwt express-session "
    "djangorestframework-simplejwt python3-saml passport-local passport-jwt",
    "health": "fhirclient fhir.resources fhir hl7 hl7apy pydicom pynetdicom fhir-kit-client node-hl7-client dicom-parser",
    "store": "psycopg2 psycopg2-binary psycopg asyncpg pymysql mysqlclient mysql-connector-python sqlalchemy flask_sqlalchemy flask-sqlalchemy "
    "pymongo mongoengine motor redis ioredis mongoose mongodb sequelize pg mysql mysql2 sqlite3 better-sqlite3 elasticsearch "
    "@elastic/elasticsearch cassandra-driver boto3 typeorm prisma @prisma/client knex peewee tortoise-orm",
    "web": "flask fastapi django starlette tornado aiohttp express koa @nestjs/core fastify hapi @hapi/hapi connexion sanic bottle",
}
_KIND_OF: dict[str, Kind] = {name: kind for kind, names in _PACKAGES.items() for name in names.split()}

_MANIFESTS = re.compile(r"(requirements[\w.-]*\.(txt|in)|pyproject\.toml|Pipfile|setup\.(py|cfg)|package\.json)$")
_DEPENDENCY = re.compile(r"""^\s*(?:["']?)(@?[A-Za-z][\w./-]*)["']?\s*(?:$|[\[=<>~!;:@,^"'])""")
_PYTHON_IMPORT = re.compile(r"^\s*(?:from|import)\s+([A-Za-z_][\w.]*)")
_SCRIPT_IMPORT = re.compile(r"""(?:\bfrom\s*|\brequire\(\s*|^\s*import\s*)["']([^"'./][^"']*)["']""")
_SCRIPTS = frozenset({"javascript", "jsx", "typescript", "tsx", "vue", "svelte"})

MAX_FILES = 6000
"""Code files that are searched for imports, in path order; phase 3 reads all of them."""
MAX_EVIDENCE = 3
"""Places that are cited for one package."""


class Technology(NamedTuple):
    """A package, what it tells, and where it is named."""

    name: str
    kind: Kind
    evidence: tuple[Evidence, ...]


def technologies(project: Project) -> list[Technology]:
    """The telling packages that manifests name or code imports, by name."""
    found: dict[str, list[tuple[str, int]]] = {}
    for path, line, name in _named(project):
        places = found.setdefault(name, [])
        if len(places) < MAX_EVIDENCE and path not in {p for p, _ in places}:
            places.append((path, line))
    return [
        Technology(name, _KIND_OF[name], tuple(project.evidence(path, line, line) for path, line in places)) for name, places in sorted(found.items())
    ]


def _named(project: Project) -> Iterator[tuple[str, int, str]]:
    searched = 0
    for file in project.files:
        if not is_product(file.path) or file.path.rpartition("/")[2].startswith("test"):
            continue
        if _MANIFESTS.search(posixpath.basename(file.path)):
            yield from _matches(project, file.path, _DEPENDENCY)
        elif file.language in CODE and searched < MAX_FILES:
            pattern = _PYTHON_IMPORT if file.language == "python" else _SCRIPT_IMPORT if file.language in _SCRIPTS else None
            if pattern:
                searched += 1
                yield from _matches(project, file.path, pattern)


def _matches(project: Project, path: str, pattern: re.Pattern[str]) -> Iterator[tuple[str, int, str]]:
    for number, line in enumerate((project.text(path) or "").split("\n"), 1):
        match = pattern.search(line[:500])
        if match:
            written = match[1].lower()
            name = next((n for n in (written, "/".join(written.split("/")[:2]), re.split(r"[./]", written)[0]) if n in _KIND_OF), None)
            if name:
                yield path, number, name
