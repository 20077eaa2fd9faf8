"""The data models that a project declares: their fields tell who owns a record and what must not be shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.handlers import go
from threat_modeling.codebase.handlers.dialect import DIALECTS
from threat_modeling.codebase.handlers.typed import LANGUAGES as TYPED
from threat_modeling.codebase.handlers.vocabulary import entity, is_owner, is_password, is_person, is_secret
from threat_modeling.codebase.jvm.annotations import name_of
from threat_modeling.codebase.syntax import Assign, Call, Class, Function, Literal, Mapping, Module, Name, dotted, text, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project

LANGUAGES: Final = ("python", "javascript", "jsx", "typescript", "tsx", "java", "kotlin", "go", "csharp", "php")
_KEYWORDS: Final = (
    "Column",
    "Field(",
    "ForeignKey",
    "models.Model",
    ".Model)",
    "SQLModel",
    "Document)",
    "Schema(",
    ".define(",
    ".init(",
    "@Entity",
    "@Document",
    "@MappedEntity",
    "gorm.Model",
    'gorm:"',
    'bson:"',
    'db:"',
    "DbSet<",
    "extends Model",
    "extends Authenticatable",
    "ORM",
)
_BASES: Final = frozenset(
    {"Model", "Base", "Document", "SQLModel", "DeclarativeBase", "AbstractUser", "AbstractBaseUser", "BaseEntity", "DynamicDocument"}
)
_STORED: Final = frozenset({"Entity", "Document", "MappedEntity", "MappedSuperclass"})
"""Annotations of records in Java and Kotlin."""
_FORMS: Final = frozenset({"Form", "FlaskForm", "ModelForm", "BaseModel", "Serializer", "ModelSerializer", "Schema"})


@dataclass(frozen=True, slots=True)
class DataModel:
    """A kind of stored record: its fields and, where it is a class, the class and the module around it."""

    entity: str
    path: str
    fields: frozenset[str]
    module: Module | None = None
    declaration: Class | None = None

    @property
    def owned(self) -> bool:
        """Whether a record belongs to somebody: it is an account, or a field names its owner."""
        return is_person(self.entity) or any(is_owner(field) for field in self.fields)

    @property
    def secret_fields(self) -> tuple[str, ...]:
        """The fields whose values must not be shown, sorted."""
        return tuple(sorted(field for field in self.fields if is_secret(field)))

    @property
    def password_fields(self) -> tuple[str, ...]:
        """The fields that hold a password or its hash, sorted."""
        return tuple(sorted(field for field in self.fields if is_password(field)))

    def method(self, name: str) -> Function | None:
        """A method of the class."""
        body = self.declaration.body if self.declaration is not None else ()
        return next((node for node in body if isinstance(node, Function) and node.name == name), None)


def data_models(project: Project) -> dict[str, DataModel]:
    """Every declared data model by its entity; of two with one name the first in path order counts, in one file they are one."""
    found: dict[str, DataModel] = {}
    for module in project.modules(LANGUAGES, _KEYWORDS):
        for model in _declared(project, module):
            known = found.setdefault(model.entity, model)
            if known is not model and known.path == model.path:
                found[model.entity] = replace(known, fields=known.fields | model.fields)
    return found


def _declared(project: Project, module: Module) -> Iterator[DataModel]:
    for node in walk(module.body):
        if isinstance(node, Class) and module.language == go.LANGUAGE:
            if stored_fields := go.stored(node):
                yield DataModel(entity(node.name), module.path, stored_fields, module, node)
        elif isinstance(node, Class) and module.language in DIALECTS:
            for name, known in DIALECTS[module.language].stored(node).items():
                yield _of_set(project, module, node, name, known)
        elif isinstance(node, Class):
            fields = frozenset(_class_fields(node))
            bases = {dotted(base).rpartition(".")[2] for base in node.bases}
            columns = any(isinstance(s, Assign) and isinstance(s.value, Call) for s in node.body)
            stored = any(name_of(decorator) in _STORED for decorator in node.decorators)
            if stored or (fields and columns and not bases & _FORMS and module.language not in TYPED) or bases & _BASES:
                yield DataModel(entity(node.name), module.path, fields, module, node)
        elif isinstance(node, Call):
            yield from _called(module, node)


def _of_set(project: Project, module: Module, node: Class, name: str, fields: frozenset[str]) -> DataModel:
    """A record that a set of a context names: its fields stand in a class of its own."""
    found = project.definition(module.path, name) if name != node.name else None
    if found is None or not isinstance(found[1], Class):
        return DataModel(entity(name), module.path, fields, module, node if name == node.name else None)
    return DataModel(entity(name), module.path, frozenset(_class_fields(found[1])), found[0], found[1])


def _class_fields(node: Class) -> Iterator[str]:
    for statement in node.body:
        if not isinstance(statement, Assign):
            continue
        if statement.annotation is not None and statement.value is None:
            yield from (target.id for target in statement.targets if isinstance(target, Name))
        elif isinstance(statement.value, Call):
            last = dotted(statement.value.callee).rpartition(".")[2]
            if last in {"Column", "mapped_column", "relationship", "ForeignKey"} or last.endswith("Field"):
                yield from (target.id for target in statement.targets if isinstance(target, Name))


def _called(module: Module, call: Call) -> Iterator[DataModel]:
    """`sequelize.define("User", {...})`, `User.init({...})`, `const userSchema = new Schema({...})` by `mongoose.model`."""
    receiver, _, last = dotted(call.callee).rpartition(".")
    first = call.arguments[0] if call.arguments else None
    if last == "init" and isinstance(first, Mapping) and len(call.arguments) > 1:
        yield DataModel(entity(receiver), module.path, _keys(first))
    elif last == "define" and len(call.arguments) > 1 and isinstance(call.arguments[1], Mapping) and (name := text(first)):
        yield DataModel(entity(name), module.path, _keys(call.arguments[1]))
    elif last == "model" and len(call.arguments) > 1 and (name := text(first)):
        yield DataModel(entity(name), module.path, _schema(module, call.arguments[1]))


def _schema(module: Module, schema: object) -> frozenset[str]:
    if isinstance(schema, Name):
        assigned = (n.value for n in walk(module.body) if isinstance(n, Assign) and any(isinstance(t, Name) and t.id == schema.id for t in n.targets))
        schema = next(assigned, None)
    if isinstance(schema, Call) and schema.arguments and isinstance(schema.arguments[0], Mapping):
        return _keys(schema.arguments[0])
    return frozenset()


def _keys(mapping: Mapping) -> frozenset[str]:
    keys = (key.value if isinstance(key, Literal) else key.id if isinstance(key, Name) else None for key, _ in mapping.entries)
    return frozenset(key for key in keys if isinstance(key, str))
