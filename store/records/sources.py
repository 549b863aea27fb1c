"""Step 1A: the sources of existing data, what they mean, whom they miss, and what the community already has."""

from __future__ import annotations

from amhe_tui.method.choices import (
    AssetKind,
    Direction,
    Domain,
    GroupKind,
    JoinKind,
    JoinQuality,
    SeenState,
    SourceKind,
    Treated,
)
from store.records.declare import (
    STRICT,
    Audience,
    Beside,
    Counted,
    Record,
    choice,
    count,
    day,
    line,
    link,
    record,
    text,
)

_PUBLIC = Audience.PUBLIC
_BOARD = Audience.BOARD


@record
class DataSource(Record, table=True):
    """A source of existing data: a file brought in, or one only described."""

    __tablename__ = "data_source"
    __table_args__ = STRICT
    singular = "data source"
    plural = "data sources"
    about = "Every file or report you draw on: who published it, for when and where, and what it leaves out."
    columns = ("kind", "period", "rows")
    sub_step = "1A"
    counted_as = Counted("source", "sources", place=1)
    thread_stage = "evidence"
    reached_by = ("<finding.sources",)

    title: str = line("Title", "What the publisher calls it.", required=True, audience=_PUBLIC)
    kind: str = choice(
        "Tells about", "Population, usage, assets, experience or outcomes.", SourceKind, audience=_PUBLIC
    )
    publisher: str = line("Publisher", "Who stands behind the figures.", audience=_PUBLIC)
    period: str = line("Period", "The months or years it covers.", audience=_PUBLIC)
    geography: str = line("Geography", "The places it covers.", audience=_PUBLIC)
    licence: str = line("Licence", "On what terms it may be used and shown.", audience=_PUBLIC)
    suppression: str = text(
        "Suppression and rounding", "How small numbers are hidden or rounded in it.", audience=_PUBLIC
    )
    treated: str = choice(
        "Small numbers dealt with",
        "Only if its publisher has hidden or rounded them. Without your word, and figures that bear it out, they are hidden again for others.",
        Treated,
        audience=_BOARD,
    )
    completeness: str = text("Completeness", "Whose characteristics are missing from it.", audience=_PUBLIC)
    file_name: str = line("File", "The file it was read from.", audience=_BOARD, section="Read from a file")
    content_hash: str = line(
        "Content hash",
        "SHA-256 of the file, so that anyone can tell it is the same one.",
        audience=_BOARD,
        section="Read from a file",
    )
    layout: str = line("Layout", "How the file was understood.", audience=_BOARD, section="Read from a file")
    rows: int | None = count("Rows", "How many rows came in.", audience=_BOARD, section="Read from a file")
    set_aside: int | None = count(
        "Rows set aside",
        "Rows that could not be read; they are kept with the reason.",
        audience=_BOARD,
        section="Read from a file",
    )
    watch: str = text(
        "To watch", "What was odd about the file, in plain words.", audience=_BOARD, section="Read from a file"
    )
    schemes: str = text(
        "Code lists",
        "By which lists its groups are named, and how sure that is.",
        audience=_BOARD,
        section="Read from a file",
    )
    heading: str = text(
        "Columns",
        "The names of its columns, by which the next edition is recognised.",
        section="Read from a file",
    )
    meaning: str = text(
        "Meaning of the columns",
        "What each column was taken to mean; offered again for the next edition.",
        section="Read from a file",
    )
    replaces_id: str | None = link(
        "Newer edition of", "The source this one takes over from; both are kept.", "data_source", audience=_BOARD
    )


@record
class LabelJoin(Record, table=True):
    """Two labels that a person has said are one: a group or a place that is called otherwise in another source."""

    __tablename__ = "label_join"
    __table_args__ = STRICT
    singular = "joined label"
    plural = "joined labels"
    about = "Groups and places that sources call by different names; nothing is joined until somebody says so here."
    named_by = "label"
    columns = ("joined_to", "quality", "kind")
    sub_step = "1A"
    counted_as = Beside("a joined label is how the numbers are read, and no work of the sub-step")
    thread_stage = "evidence"
    reached_by = Beside("a joined label is how the numbers are read; no finding comes from it alone")

    kind: str = choice("What", "A group of people or a place.", JoinKind, default=JoinKind.GROUP, audience=_BOARD)
    characteristic: str = line("Characteristic", "For a group: by which characteristic.", audience=_BOARD)
    label: str = line("Label", "As one source has it.", required=True, audience=_BOARD)
    joined_to: str = line("Is the same as", "As the other source has it.", required=True, audience=_BOARD)
    quality: str = choice(
        "How well they fit",
        "Exactly, as part of a broader group, or with something lost.",
        JoinQuality,
        default=JoinQuality.EXACT,
        audience=_BOARD,
    )
    reason: str = text("Why", "What makes you sure; it is printed under every number that used it.", audience=_BOARD)


@record
class IndicatorMeaning(Record, table=True):
    """What an indicator of a file means in words, where the program cannot know it."""

    __tablename__ = "indicator_meaning"
    __table_args__ = STRICT
    singular = "meaning of an indicator"
    plural = "meanings of indicators"
    about = "Which way is better, and whom a figure counts, so that every sentence about it is true."
    named_by = "name"
    columns = ("direction", "counted")
    sub_step = "1A"
    counted_as = Beside("the meaning of an indicator is how the numbers are read, and no work of the sub-step")
    thread_stage = "evidence"
    reached_by = Beside("the meaning of an indicator is how the numbers are read; no finding comes from it alone")

    indicator_id: str = line("Indicator's key", "How this file knows it.", required=True, audience=_BOARD)
    name: str = line("Indicator", "What it is called.", audience=_PUBLIC)
    direction: str = choice("Better is", "Which way is better.", Direction, audience=_PUBLIC)
    domain: str = choice("Shows in", "Access, experience or outcomes.", Domain, audience=_PUBLIC)
    counted: str = line("Out of whom", "The people it counts, such as: people who were referred.", audience=_PUBLIC)
    outcome: str = line("What some of them did", "In the past tense, such as: started treatment.", audience=_PUBLIC)
    reference: str = line("Usually compared with", "A group, or nothing for everyone else.", audience=_PUBLIC)


@record
class GroupToSee(Record, table=True):
    """A group that data often miss: whether any data here can see it, and what is done where none can."""

    __tablename__ = "group_to_see"
    __table_args__ = STRICT
    singular = "group to look for"
    plural = "groups to look for"
    about = "People whom numbers tend to miss; that no data can see them is a finding of its own."
    named_by = "name"
    columns = ("kind", "seen")
    sub_step = "1A"
    counted_as = Beside("whom no data can see is told on the board of who is missing")
    thread_stage = "evidence"
    reached_by = ("group_to_see.finding_id",)

    name: str = line("Who", "In the words they use for themselves.", required=True, audience=_PUBLIC)
    kind: str = choice("Kind", "An inclusion health group, a condition, or another.", GroupKind, audience=_PUBLIC)
    seen: str = choice(
        "Can data see them?",
        "Whether any source here shows how they fare.",
        SeenState,
        default=SeenState.NOT_LOOKED,
        audience=_PUBLIC,
    )
    where_seen: str = text("Where", "Which source or activity shows them, and how.", audience=_PUBLIC)
    done: str = text("What we do about it", "Whom we ask, and how they are invited to 1B.", audience=_PUBLIC)
    finding_id: str | None = link("Finding", "The finding it became.", "finding", audience=_BOARD)


@record
class Asset(Record, table=True):
    """Something the community already has that helps."""

    __tablename__ = "asset"
    __table_args__ = STRICT
    singular = "community asset"
    plural = "community assets"
    about = "Groups, places and services people already turn to."
    named_by = "name"
    columns = ("kind", "area", "reaches")
    sub_step = "1A"
    counted_as = Counted("asset", "assets", place=3)
    thread_stage = "evidence"
    reached_by = Beside("what a community has stands beside every thread until an option or an action draws on it")

    name: str = line("Name", "What people call it.", required=True, audience=_PUBLIC)
    kind: str = choice("Kind", "What it is.", AssetKind, audience=_PUBLIC)
    description: str = text("What it offers", "In a sentence or two.", audience=_PUBLIC)
    organisation: str = line("Run by", "The organisation behind it, if there is one.", audience=_PUBLIC)
    area: str = line("Area", "Where it is, or where it reaches.", audience=_PUBLIC)
    reaches: str = line("Reaches", "Which people it serves well.", audience=_PUBLIC)
    languages: str = line("Languages", "Languages spoken there.", audience=_PUBLIC)
    access: str = text("Access", "How people get in: cost, travel, steps, opening times, referral.", audience=_PUBLIC)
    ages: str = line("Ages", "From which age to which, if it says.", audience=_PUBLIC)
    cost: str = line("Cost", "What it costs to go there.", audience=_PUBLIC)
    capacity: str = line("Capacity", "How many people it can take on.", audience=_BOARD)
    address: str = line("Address", "Where to go.", audience=_BOARD)
    postcode: str = line("Postcode", "So that it can be found.", audience=_BOARD)
    website: str = line("Website", "A public web address.", audience=_BOARD)
    contact: str = line("Contact", "A public telephone number or web address.", audience=_BOARD)
    checked: str = day("Checked on", "When somebody last made sure that this is right.", audience=_PUBLIC)
    source_id: str | None = link("Directory", "The source it was read from.", "data_source", audience=_BOARD)
    source_key: str = line("Key there", "What the directory knows it by.")
