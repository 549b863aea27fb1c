"""How a record is declared: one SQLModel class, one line a field, and everything a face needs to know beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from sqlalchemy import REAL, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, Session, SQLModel

from amhe_tui.dates import british
from amhe_tui.method.audience import Audience, Somebody
from amhe_tui.method.choices import Choice, label_of


class Kind(StrEnum):
    """What sort of value a field holds, hence how it is asked and shown."""

    LINE = "line"
    TEXT = "text"
    NUMBER = "number"
    COUNT = "count"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    FLAG = "flag"
    LINK = "link"


@dataclass(frozen=True)
class FieldSpec:
    """What a field looks like to a person.

    Attributes:
        label: The name beside it.
        hint: One sentence a facilitator can act on.
        kind: What sort of value it is.
        audience: Who may see it.
        choices: The code list, for a choice or several.
        to: The table a link leads to.
        required: Whether a record without it is refused.
        section: The heading it stands under in a form.
        low: The smallest number allowed.
        high: The largest number allowed.
        voice: Whether it holds what people said, so that it is checked for names when it is kept.
        goes_with: Whether the record is removed with the one this link leads to.
        names: Whom it names, by a code, initials or a role; a code that only the team may see is taken out of every text that leaves it.
    """

    label: str
    hint: str
    kind: Kind
    audience: Audience = Audience.TEAM
    choices: type[Choice] | None = None
    to: str | None = None
    required: bool = False
    section: str = ""
    low: float | None = None
    high: float | None = None
    voice: bool = False
    goes_with: bool = False
    names: Somebody | None = None


@dataclass(frozen=True)
class Beside:
    """That a kind of record stands beside the others: on no thread, or not counted in its sub-step.

    Attributes:
        why: The reason, as the end of a sentence.
    """

    why: str


@dataclass(frozen=True)
class Counted:
    """That the records of a kind count in what their sub-step holds.

    Attributes:
        singular, plural: What they are called beside their number, in a word or two.
        place: How far up they are named; the first matter most.
    """

    singular: str
    plural: str
    place: int


STAGES = (
    "evidence",
    "voices",
    "finding",
    "option",
    "vote",
    "priority",
    "goal",
    "assessment",
    "means",
    "action",
    "measure",
    "feedback",
    "review",
)
"""The stages of the golden thread, in their order."""


SPINE = ("finding", "priority", "goal")
"""The tables that a thread is strung on, each a stage of its own."""


@dataclass(frozen=True)
class Links:
    """A field that holds several links; each is a row of its own, so that two laptops can add to it at once."""

    label: str
    hint: str
    to: str
    audience: Audience = Audience.BOARD


class Flag(TypeDecorator[bool]):
    """A yes or no, stored as 1 or 0 because STRICT tables know no boolean."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Return the stored number."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:  # noqa: ARG002
        """Return the truth value."""
        return None if value is None else bool(value)


def _field(face: FieldSpec, default: Any, sql_type: Any, **options: Any) -> Any:
    return Field(default=default, sa_type=sql_type, sa_column_kwargs={"info": {"face": face}}, **options)


def line(label: str, hint: str, **options: Any) -> Any:
    """Declare a field of one line of text."""
    return _field(FieldSpec(label, hint, Kind.LINE, **options), "", Text)


def text(label: str, hint: str, **options: Any) -> Any:
    """Declare a field of text of any length."""
    return _field(FieldSpec(label, hint, Kind.TEXT, **options), "", Text)


def number(label: str, hint: str, **options: Any) -> Any:
    """Declare a field that holds a number or nothing."""
    return _field(FieldSpec(label, hint, Kind.NUMBER, **options), None, REAL)


def count(label: str, hint: str, *, default: int | None = None, **options: Any) -> Any:
    """Declare a field that holds a whole number or nothing."""
    return _field(FieldSpec(label, hint, Kind.COUNT, low=options.pop("low", 0), **options), default, Integer)


def day(label: str, hint: str, **options: Any) -> Any:
    """Declare a field that holds a date as ``YYYY-MM-DD`` or nothing."""
    return _field(FieldSpec(label, hint, Kind.DATE, **options), "", Text)


def choice(label: str, hint: str, choices: type[Choice], *, default: Choice | str = "", **options: Any) -> Any:
    """Declare a field that holds one code of a code list."""
    return _field(FieldSpec(label, hint, Kind.CHOICE, choices=choices, **options), str(default), Text)


def several(label: str, hint: str, choices: type[Choice], **options: Any) -> Any:
    """Declare a field that holds several codes of a code list, separated by spaces."""
    return _field(FieldSpec(label, hint, Kind.CHOICES, choices=choices, **options), "", Text)


def flag(label: str, hint: str, *, default: bool = False, **options: Any) -> Any:
    """Declare a field that is yes or no."""
    return _field(FieldSpec(label, hint, Kind.FLAG, **options), default, Flag)


def link(label: str, hint: str, to: str, **options: Any) -> Any:
    """Declare a field that leads to one record of the table ``to``."""
    return _field(FieldSpec(label, hint, Kind.LINK, to=to, **options), None, Text, foreign_key=f"{to}.id", index=True)


class Record(SQLModel):
    """What every record has: a key, the cycle it belongs to, and the mark that it was removed.

    Class attributes:
        sub_step: The sub-step of the method it belongs to, or "" for the programme itself.
        singular, plural: Its name in sentences.
        about: One sentence on what it is for.
        named_by: The field that names a record in lists.
        columns: The further fields a list shows.
        many: Fields that hold several links, by name.
        listed: Whether it has a list of its own on its step's screen.
        counted_as: What its records are called where the home screen counts what a sub-step holds, or why it does not count them; one that is not listed need
            not say.
        thread_stage: Where it stands on the golden thread, one of :data:`STAGES`.
        reached_by: Paths from it to a record of the spine, each of links followed one after another, "<" against their direction; empty for the spine
            itself; or why it stands on no thread.
    """

    sub_step: ClassVar[str] = ""
    singular: ClassVar[str] = ""
    plural: ClassVar[str] = ""
    about: ClassVar[str] = ""
    named_by: ClassVar[str] = "title"
    columns: ClassVar[tuple[str, ...]] = ()
    many: ClassVar[Mapping[str, Links]] = {}
    listed: ClassVar[bool] = True
    counted_as: ClassVar[Counted | Beside | None] = None
    thread_stage: ClassVar[str] = ""
    reached_by: ClassVar[tuple[str, ...] | Beside] = ()

    if TYPE_CHECKING:
        __tablename__: ClassVar[Any]  # pyright: ignore[reportIncompatibleVariableOverride] - a string here, a directive in SQLModel

    id: str = Field(default="", primary_key=True, sa_type=Text)
    cycle: int = Field(default=0, sa_type=Integer)
    removed: bool = Field(default=False, sa_type=Flag)

    def refuse_change(self, session: Session, values: Mapping[str, Any]) -> None:
        """Refuse values that a record of this kind must not be given as things stand, by whatever face and by undo too.

        Raises:
            AmheError: It must not.
        """


R = TypeVar("R", bound=Record)


STRICT = {"sqlite_strict": True}


_records: dict[str, type[Record]] = {}


def record(cls: type[R]) -> type[R]:
    """Register a record class; the order of declaration is the order on the screen.

    Raises:
        TypeError: It does not say how the golden thread reaches it, or it is listed and does not say what it counts as.
    """
    if cls.thread_stage not in STAGES:
        raise TypeError(f"{cls.__name__} does not say at which stage of the thread it stands")
    if not cls.reached_by and table_of(cls) not in SPINE:
        raise TypeError(f"{cls.__name__} says neither how the thread reaches it nor why it does not")
    if cls.listed and cls.counted_as is None:
        raise TypeError(f"{cls.__name__} says neither what it counts as in its sub-step nor why it does not")
    _records[table_of(cls)] = cls
    return cls


def table_of(cls: type[Record]) -> str:
    """Return the name of the table of a record class."""
    return str(cls.__tablename__)


def all_records() -> Mapping[str, type[Record]]:
    """Return every record class by its table, in the order of the sub-steps and of declaration."""
    import_module("store.records")  # registers the classes

    return dict(sorted(_records.items(), key=lambda item: item[1].sub_step))


def record_type(table: str) -> type[Record]:
    """Return the record class of a table."""
    return all_records()[table]


def faces(cls: type[Record]) -> dict[str, FieldSpec]:
    """Return the declared fields of a record class, in their order."""
    columns: Any = cast(Any, cls).__table__.columns
    specs: dict[str, FieldSpec] = {}
    for name in cls.model_fields:
        face: Any = columns[name].info.get("face") if name in columns else None
        if isinstance(face, FieldSpec):
            specs[name] = face
    return specs


def title_of(item: Record) -> str:
    """Return the words that name a record in lists, never empty."""
    value = str(getattr(item, type(item).named_by, "") or "")
    face = faces(type(item)).get(type(item).named_by)
    if face is not None and face.choices is not None and value:
        value = label_of(face.choices, value)
    return " ".join(value.split()) or f"({item.singular} without a name)"


def codes(value: str) -> list[str]:
    """Return the codes held in a field of several choices."""
    return value.split()


def shown(item: Record, name: str, titles: Callable[[str, str], str] | None = None) -> str:
    """Return the value of a field in words; ``titles(table, id)`` names linked records."""
    face = faces(type(item))[name]
    value: Any = getattr(item, name)
    if value is None or value == "":
        return ""
    match face.kind:
        case Kind.FLAG:
            return "Yes" if value else "No"
        case Kind.CHOICE if face.choices is not None:
            return label_of(face.choices, str(value))
        case Kind.CHOICES if face.choices is not None:
            return ", ".join(label_of(face.choices, code) for code in codes(str(value)))
        case Kind.DATE:
            return british(str(value))
        case Kind.NUMBER:
            return f"{round(float(value), 2):g}"
        case Kind.LINK:
            return titles(str(face.to), str(value)) if titles else str(value)
        case _:
            return str(value)


@record
class Link(Record, table=True):
    """A join from a field of several links to one record.

    The two ids can lead to any table, which a foreign key cannot say; the workspace's door checks that both rows exist, and as rows are marked rather than
    deleted, a link cannot come to dangle.
    """

    __tablename__ = "link"
    __table_args__ = STRICT
    singular = "link"
    plural = "links"
    named_by = "name"
    listed = False
    thread_stage = "evidence"
    reached_by = Beside("a link joins records and is none of them")

    from_table: str = Field(default="", sa_type=Text)
    from_id: str = Field(default="", sa_type=Text, index=True)
    name: str = Field(default="", sa_type=Text)
    to_table: str = Field(default="", sa_type=Text)
    to_id: str = Field(default="", sa_type=Text, index=True)
