"""What the guards of well-known packages do, by their dotted names, and how strangers' guards are usually called."""

from __future__ import annotations

import re
from typing import Final

from threat_modeling.model import ControlCategory

_AUTHENTICATION: Final = (
    "flask_login.login_required",
    "flask_login.fresh_login_required",
    "flask_jwt_extended.jwt_required",
    "flask_jwt_extended.verify_jwt_in_request",
    "flask_jwt_extended.fresh_jwt_required",
    "flask_jwt_extended.jwt_refresh_token_required",
    "flask_jwt.jwt_required",
    "flask_httpauth.HTTPBasicAuth().login_required",
    "flask_httpauth.HTTPTokenAuth().login_required",
    "flask_httpauth.HTTPDigestAuth().login_required",
    "flask_httpauth.MultiAuth().login_required",
    "flask_security.login_required",
    "flask_security.auth_required",
    "flask_security.auth_token_required",
    "flask_security.http_auth_required",
    "flask_praetorian.auth_required",
    "flask_basicauth.BasicAuth().required",
    "quart_auth.login_required",
    "authlib.integrations.flask_oauth2.ResourceProtector()",
    "django.contrib.auth.decorators.login_required",
    "django.contrib.auth.mixins.LoginRequiredMixin",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "rest_framework.permissions.IsAuthenticated",
    "rest_framework.permissions.IsAuthenticatedOrReadOnly",
    "fastapi.security.HTTPBearer",
    "fastapi.security.HTTPBasic",
    "fastapi.security.HTTPDigest",
    "fastapi.security.OAuth2PasswordBearer",
    "fastapi.security.OAuth2AuthorizationCodeBearer",
    "fastapi.security.OAuth2",
    "fastapi.security.APIKeyHeader",
    "fastapi.security.APIKeyQuery",
    "fastapi.security.APIKeyCookie",
    "fastapi.security.OpenIdConnect",
    "fastapi_users.FastAPIUsers().current_user",
    "fastapi_jwt_auth.AuthJWT",
    "starlette.authentication.requires",
    "tornado.web.authenticated",
    "aiohttp_security.login_required",
    "aiohttp_security.check_authorized",
    "bottle.auth_basic",
    "cherrypy.tools.auth_basic",
    "cherrypy.tools.auth_digest",
    "sanic_jwt.protected",
    "sanic_jwt.decorators.protected",
    "sanic_jwt_extended.jwt_required",
    "falcon_auth.FalconAuthMiddleware",
    "starlette.middleware.authentication.AuthenticationMiddleware",
)
_AUTHORIZATION: Final = (
    "aiohttp_security.has_permission",
    "aiohttp_security.check_permission",
    "sanic_jwt.scoped",
    "sanic_jwt.decorators.scoped",
    "flask_security.roles_required",
    "flask_security.roles_accepted",
    "flask_security.permissions_required",
    "flask_security.permissions_accepted",
    "flask_praetorian.roles_required",
    "flask_praetorian.roles_accepted",
    "flask_principal.Permission().require",
    "django.contrib.auth.decorators.permission_required",
    "django.contrib.auth.decorators.user_passes_test",
    "django.contrib.admin.views.decorators.staff_member_required",
    "django.contrib.auth.mixins.PermissionRequiredMixin",
    "django.contrib.auth.mixins.UserPassesTestMixin",
    "rest_framework.permissions.IsAdminUser",
    "rest_framework.permissions.DjangoModelPermissions",
    "rest_framework.permissions.DjangoModelPermissionsOrAnonReadOnly",
    "rest_framework.permissions.DjangoObjectPermissions",
)
_RATE_LIMITING: Final = (
    "flask_limiter.Limiter().limit",
    "flask_limiter.Limiter().shared_limit",
    "slowapi.Limiter().limit",
    "slowapi.Limiter().shared_limit",
    "slowapi.middleware.SlowAPIMiddleware",
    "ratelimit.limits",
    "ratelimit.decorators.ratelimit",
    "django_ratelimit.decorators.ratelimit",
    "fastapi_limiter.depends.RateLimiter",
    "rest_framework.throttling",
    "quart_rate_limiter.rate_limit",
)
_CROSS_ORIGIN: Final = (
    "flask_wtf.csrf.CSRFProtect",
    "flask_wtf.CSRFProtect",
    "flask_wtf.csrf.CsrfProtect",
    "flask_seasurf.SeaSurf",
    "flask_talisman.Talisman",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.views.decorators.csrf.csrf_protect",
    "django.views.decorators.csrf.requires_csrf_token",
    "starlette_csrf.CSRFMiddleware",
)
_INPUT_VALIDATION: Final = (
    "flask_expects_json.expects_json",
    "flask_pydantic.validate",
    "flask_smorest.Blueprint().arguments",
    "webargs.flaskparser.use_args",
    "webargs.flaskparser.use_kwargs",
    "apiflask.APIFlask().input",
    "apiflask.APIBlueprint().input",
    "quart_schema.validate_request",
    "jsonschema.validate",
)

KNOWN: Final[dict[str, ControlCategory]] = {
    **dict.fromkeys(_AUTHENTICATION, ControlCategory.AUTHENTICATION),
    **dict.fromkeys(_AUTHORIZATION, ControlCategory.AUTHORIZATION),
    **dict.fromkeys(_RATE_LIMITING, ControlCategory.RATE_LIMITING),
    **dict.fromkeys(_CROSS_ORIGIN, ControlCategory.CORS_CSP),
    **dict.fromkeys(_INPUT_VALIDATION, ControlCategory.INPUT_VALIDATION),
}

_SHORT: Final = {(name.partition(".")[0], name.rpartition(".")[2]): category for name, category in KNOWN.items() if "()" not in name}

_USUAL: Final = (
    (
        re.compile(
            r"(?:^|_)(?:roles?|admin|permissions?|scopes?|staff|superuser)_(?:required|accepted)$|^requires?_(?:roles?|admin|permissions?|scopes?)$",
            re.IGNORECASE,
        ),
        ControlCategory.AUTHORIZATION,
    ),
    (
        re.compile(r"^has_(?:role|permission|perm|scope)s?$|^(?:check|require)_(?:role|permission|scope)s?$", re.IGNORECASE),
        ControlCategory.AUTHORIZATION,
    ),
    (
        re.compile(
            r"(?:^|_)(?:login|auth|jwt|token|user|authentication|session|api_?key)_required$|^(?:requires?|needs?)_(?:login|auth|jwt|token|user|authentication|api_?key)$",
            re.IGNORECASE,
        ),
        ControlCategory.AUTHENTICATION,
    ),
    (re.compile(r"^authenticated$|^(?:login|auth)required$|^jwt_or_\w+_required$", re.IGNORECASE), ControlCategory.AUTHENTICATION),
    (re.compile(r"^(?:rate_?limit(?:er|ed)?|throttle)$", re.IGNORECASE), ControlCategory.RATE_LIMITING),
)


def known(qualified: str) -> ControlCategory | None:
    """What a guard of a known package is for; a call's parentheses and modules between package and name make no difference."""
    name = qualified.removesuffix("()")
    return KNOWN.get(name) or _SHORT.get((name.partition(".")[0], name.rpartition(".")[2]) if "()" not in name else ("", ""))


def usual(name: str) -> ControlCategory | None:
    """What a guard that stands outside the target is for, by the usual wording of its last name."""
    last = name.removesuffix("()").rpartition(".")[2]
    return next((category for pattern, category in _USUAL if pattern.search(last)), None)
