import pytest

from threat_modeling.codebase.handlers.vocabulary import (
    Purpose,
    entity,
    is_old_password,
    is_owner,
    is_password,
    is_person,
    is_privileged,
    is_secret,
    named_purposes,
    path_words,
    words,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("resetPassword", ("reset", "password")),
        ("/reset-password", ("reset", "password")),
        ("HTTPServer", ("http", "server")),
        ("signup", ("sign", "up")),
        ("chpasswd", ("change", "password")),
        ("", ()),
    ],
)
def test_words(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize("field", ["password", "newPassword", "user_pwd", "password_hash", "pass"])
def test_passwords(field):
    assert is_password(field)


@pytest.mark.parametrize("field", ["password_reset_url", "password_token", "passenger", "compass", "name"])
def test_what_is_no_password(field):
    assert not is_password(field)


def test_old_passwords_are_not_the_new_one():
    assert is_old_password("currentPassword")
    assert is_old_password("old")
    assert not is_old_password("newCurrent")
    assert not is_old_password("password")


def test_secrets_are_passwords_and_more():
    assert is_secret("api_key")
    assert is_secret("totpSecret")
    assert not is_secret("keyboard")


@pytest.mark.parametrize(
    ("field", "privileged"), [("is_admin", True), ("role", True), ("user_type", True), ("administration_note", False), ("name", False)]
)
def test_privileged_fields(field, privileged):
    assert is_privileged(field) is privileged


@pytest.mark.parametrize(("field", "owner"), [("user_id", True), ("createdBy", True), ("email", True), ("usage", False), ("title", False)])
def test_owner_fields(field, owner):
    assert is_owner(field) is owner


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("UserModel", "user"),
        ("users", "user"),
        ("models.User", "user"),
        ("usersCollection", "user"),
        ("categories", "category"),
        ("status", "status"),
        ("Address", "address"),
        ("ServiceRequest", "servicerequest"),
        ("Model", "model"),
    ],
)
def test_one_name_for_a_kind_of_record(name, kind):
    assert entity(name) == kind


def test_people():
    assert is_person("user")
    assert is_person("adminuser")
    assert not is_person("invoice")


def test_parameters_are_no_words_of_a_path():
    assert path_words("/users/{password}/reset") == ("users", "reset")


@pytest.mark.parametrize(
    ("path", "function", "purpose"),
    [
        ("/login", "", Purpose.LOGIN),
        ("/sign-in", "", Purpose.LOGIN),
        ("/users", "register", Purpose.REGISTER),
        ("/forgot", "", Purpose.RESET),
        ("/password/reset", "", Purpose.RESET),
        ("/otp/verify", "", Purpose.OTP),
        ("/logout", "", Purpose.LOGOUT),
        ("/admin/users", "", Purpose.ADMIN),
        ("/_debug", "", Purpose.DEBUG),
        ("/healthz", "", Purpose.PUBLIC),
        ("/me/password", "changePassword", Purpose.NEW_PASSWORD),
    ],
)
def test_purposes(path, function, purpose):
    assert purpose in named_purposes(path, function)


@pytest.mark.parametrize(("path", "function"), [("/orders", "list_orders"), ("/database", "badminton"), ("/mfa/enable", "enable_otp")])
def test_no_purpose_from_parts_of_words_or_from_setting_up_a_second_factor(path, function):
    assert named_purposes(path, function) == frozenset()
