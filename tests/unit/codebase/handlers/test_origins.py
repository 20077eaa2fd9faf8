import pytest

from threat_modeling.codebase.handlers.origins import REQUEST, Origin, fetched, identity, names_identity, narrow, requires_identity

WHOLE = frozenset({REQUEST})


@pytest.mark.parametrize(
    ("name", "origin"),
    [
        ("form", Origin("request", "body")),
        ("args", Origin("request", "query")),
        ("params", Origin("request", "path")),
        ("FILES", Origin("request", "file")),
        ("user", identity("token")),
        ("session", identity("session")),
    ],
)
def test_parts_of_a_request(name, origin):
    assert narrow(WHOLE, name) == {origin}


def test_unknown_parts_of_a_request_tell_nothing():
    assert narrow(WHOLE, "is_secure") == frozenset()


def test_fields():
    body = frozenset({Origin("request", "body")})
    assert narrow(body, "name") == {Origin("request", "body", "name")}
    assert narrow(narrow(body, "user"), "password") == {Origin("request", "body", "password")}
    assert narrow(body, "cleaned_data") == body


def test_credentials_of_headers_and_cookies_are_identities():
    assert narrow(frozenset({Origin("request", "header")}), "Authorization") == {identity("header")}
    assert narrow(frozenset({Origin("request", "header")}), "Accept") == {Origin("request", "header", "Accept")}
    assert narrow(frozenset({Origin("request", "cookie")}), "session_id") == {identity("cookie")}
    assert narrow(frozenset({Origin("request", "cookie")}), "theme") == {Origin("request", "cookie", "theme")}


def test_neutral_session_values_are_no_identity():
    assert narrow(frozenset({identity("session")}), "captcha") == frozenset()
    assert narrow(frozenset({identity("session")}), "user_id") == {identity("session")}


def test_records_and_their_fields():
    record = frozenset({Origin("record", "user")})
    assert narrow(record, "first") == record
    assert narrow(record, "password") == {Origin("record", "user", "password")}


def test_a_request_object_is_asked_by_method():
    assert fetched(WHOLE, "header", "Authorization") == {identity("header")}
    assert fetched(WHOLE, "param", "id") == {Origin("request", "query", "id")}
    assert fetched(WHOLE, "clone", "id") == frozenset()


@pytest.mark.parametrize(
    "name", ["get_current_user", "current_user", "get_jwt_identity", "token_validator", "libapi.load_session", "authenticatedUsers.from"]
)
def test_names_of_identities(name):
    assert names_identity(name)


@pytest.mark.parametrize("name", ["get_user", "create_token", "validate_email", "currentPage", "user"])
def test_names_that_tell_no_identity(name):
    assert not names_identity(name)


@pytest.mark.parametrize("name", ["login_required", "requireAuth", "isLoggedIn", "ensureAuthenticated", "security.denyAll()", "jwt_required"])
def test_names_of_guards(name):
    assert requires_identity(name)


@pytest.mark.parametrize("name", ["cors", "express.json", "author_required", "validate", "isEmpty"])
def test_names_of_other_middleware(name):
    assert not requires_identity(name)
