import pytest

from threat_modeling.codebase.handlers.lookups import lookup
from threat_modeling.codebase.handlers.origins import Origin
from threat_modeling.codebase.languages.python import lower
from threat_modeling.codebase.syntax import Call, Evaluate, text

USER = frozenset({Origin("record", "user")})


def call(source):
    (statement,) = lower("a.py", source).body
    assert isinstance(statement, Evaluate)
    assert isinstance(statement.value, Call)
    return statement.value


def found(source, receiver=frozenset()):
    node = call(source)
    return lookup(node, receiver, (text(node.arguments[0]) or "") if node.arguments else "")


@pytest.mark.parametrize(
    ("source", "operation", "entity", "keys"),
    [
        ("User.query.filter_by(username=name)", "read", "user", ("username",)),
        ("User.query.filter(User.email == mail)", "read", "user", ("email",)),
        ("User.query.get(number)", "read", "user", ("id",)),
        ("db.session.query(User).filter(User.id == number)", "read", "user", ("id",)),
        ("db.session.get(User, number)", "read", "user", ("id",)),
        ("User.objects.all()", "list", "user", ()),
        ("get_object_or_404(Ticket, pk=number)", "read", "ticket", ("pk",)),
        ("db.users.delete_one({'_id': number})", "delete", "user", ("_id",)),
        ("db.drop_all()", "drop", "database", ()),
        ("db.session.drop_all()", "drop", "database", ()),
        ("cursor.execute('SELECT * FROM users WHERE name = %s', (name,))", "read", "user", ("name",)),
        ("cursor.execute('SELECT * FROM users')", "list", "user", ()),
        ("cursor.execute('DELETE FROM notes WHERE id = ?', (number,))", "delete", "note", ("id",)),
    ],
)
def test_operation_entity_and_keys(source, operation, entity, keys):
    access = found(source)
    assert (access.operation, access.entity, access.keys) == (operation, entity, keys)


def test_a_record_in_hand_is_changed_and_deleted():
    assert found("user.delete()", USER).operation == "delete"
    assert found("user.update({'role': role})", USER).values[0][0] == "role"


def test_what_is_written_by_field_and_as_a_whole():
    access = found("User.objects.create(name=name, **data)")
    assert [field for field, _ in access.values] == ["name"]
    assert len(access.whole) == 1


def test_columns_that_sql_sets():
    access = found("c.execute('UPDATE users SET password = ? WHERE name = ?', (password, name))")
    assert {field for field, _ in access.values} == {"password"}
    assert access.keys == ("name",)


@pytest.mark.parametrize(
    "source", ["data.get('id')", "names.filter(x)", "JSON.parse(x)", "items.update(more)", "os.remove(path)", "Path.delete(x)", "print(x)"]
)
def test_what_touches_no_store(source):
    assert found(source) is None
