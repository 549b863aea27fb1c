"""JSON as one table: directories of services and plain lists."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from amhe_tui.errors import AmheError
from amhe_tui.intake.files.workbooks.parent import json_table

MOCK = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "open_referral_uk_services_mock.json"
SERVICE = {
    "id": "s1",
    "name": "Northmere Talking Café",
    "description": "A place to talk.",
    "status": "active",
    "minimum_age": 16,
    "fees": "Free",
    "assured_date": "2025-03-01",
    "alert": "Closed in August",
    "organization": {"id": "o1", "name": "Northmere Neighbours"},
    "languages": [{"name": "Urdu"}, {"language": "Polish"}],
    "service_areas": [{"service_area": "Northmere East"}, {"name": "Northmere West"}],
    "eligibilitys": [{"eligibility": "Carers", "maximum_age": 99}],
    "cost_options": [{"option": "Lunch", "amount": 3.50, "currency": "GBP"}],
    "contacts": [{"name": "Front desk", "phones": [{"number": "01632 960001"}], "email": "desk@example.org"}],
    "schedules": [{"byday": "MO,TU", "opens_at": "09:00", "closes_at": "17:00"}],
    "service_at_locations": [
        {
            "location": {
                "name": "Mill House",
                "latitude": 53.4,
                "accessibility": [{"description": "Step-free"}],
                "addresses": [{"address_1": "1 Mill Lane", "city": "Northmere", "postal_code": "ZZ1 1ZZ"}],
            }
        }
    ],
}  # fmt: skip


def save(path: Path, content: Any) -> Path:
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def rows(path: Path) -> list[dict[str, str]]:
    with json_table(path) as sheet, sheet.path.open(encoding="utf-8", newline="") as text:
        found = list(csv.DictReader(text))
        assert sheet.rows == len(found) + 1
        return found


def test_a_service_with_everything_it_can_have(tmp_path: Path) -> None:
    (row,) = rows(save(tmp_path / "a.json", {"contents": [SERVICE]}))
    assert {name: text for name, text in row.items() if text} == {
        "id": "s1", "name": "Northmere Talking Café", "description": "A place to talk.", "organisation": "Northmere Neighbours", "status": "active",
        "email": "desk@example.org", "telephone": "01632 960001", "contact": "Front desk", "minimum_age": "16", "maximum_age": "99",
        "eligibility": "Carers", "languages": "Urdu; Polish", "areas": "Northmere East; Northmere West", "location": "Mill House",
        "address": "1 Mill Lane, Northmere", "postcode": "ZZ1 1ZZ", "latitude": "53.4", "cost": "Free; Lunch, 3.5 GBP",
        "opening": "MO,TU 09:00–17:00", "access": "Step-free", "last_checked": "2025-03-01", "alert": "Closed in August",
    }  # fmt: skip


@pytest.mark.parametrize(
    "wrap",
    [
        lambda one, two: [one, two],
        lambda one, two: {"contents": [one, two], "total_pages": 1},
        lambda one, two: {"content": [one, two]},
        lambda one, two: [{"page_number": 1, "contents": [one]}, {"page_number": 2, "contents": [two]}],
        lambda one, two: {"services": [one, two]},
    ],
)
def test_lists_and_pages_of_services(tmp_path: Path, wrap: Any) -> None:
    other = {"id": "s1", "name": "Another", "organization": None, "status": "active"}
    found = rows(save(tmp_path / "a.json", wrap(SERVICE, other)))
    assert [(row["id"], row["name"], row["organisation"]) for row in found] == [
        ("s1", "Northmere Talking Café", "Northmere Neighbours"), ("s1", "Another", ""),
    ]  # fmt: skip


def test_one_service_alone(tmp_path: Path) -> None:
    assert [row["name"] for row in rows(save(tmp_path / "a.json", SERVICE))] == ["Northmere Talking Café"]


def test_plain_objects_keep_their_words_and_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(
        '\ufeff[{"code": "0108", "n": 12.0, "much": 12345678901234567890123, "yes": true, "none": null},\n {"n": 1e3, "more": {"in": ["a", "b"]}}]'
    )
    assert rows(path) == [
        {"code": "0108", "n": "12.0", "much": "12345678901234567890123", "yes": "TRUE", "none": "", "more.in": ""},
        {"code": "", "n": "1e3", "much": "", "yes": "", "none": "", "more.in": "a; b"},
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ([["group", "n"], ["White", 5]], [{"group": "White", "n": "5"}]),
        ({"columns": ["group", "n"], "data": [["White", 5]]}, [{"group": "White", "n": "5"}]),
        ({"features": [{"type": "Feature", "properties": {"area": "N"}, "geometry": {}}]}, [{"area": "N"}]),
        ({"meta": {"x": 1}, "practices": [{"a": 1}]}, [{"a": "1"}]),
    ],
)
def test_other_lists(tmp_path: Path, content: Any, expected: list[dict[str, str]]) -> None:
    assert rows(save(tmp_path / "a.json", content)) == expected


def test_one_object_a_line_and_compressed(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(gzip.compress(b'{"a": 1}\n{"a": 2}\n'))
    assert rows(path) == [{"a": "1"}, {"a": "2"}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.json"
    path.write_bytes('[{"name": "Café"}]'.encode(encoding))
    assert rows(path) == [{"name": "Café"}]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"[" * 200_000, "too deep"),
        (b'[{"a": 1}', "not whole"),
        (b"[]", "no list of objects"),
        (b"{}", "no list of objects"),
        (b"[1, 2]", "something else than objects"),
        (b'{"a": [{"x": 1}], "b": [{"y": 1}]}', "several lists"),
        (b"[{" + b",".join(b'"%d": 1' % number for number in range(3000)) + b"}]", "more than 2,000 names"),
        (b"a,b\n1,2\n", "not whole"),
        (gzip.compress(b"[{}]" * 9, mtime=0)[:12], "cannot be unpacked"),
        (gzip.compress(bytes(61_000_000), mtime=0), "beyond 60 MB"),
        (b'[{"a": "' + b"x" * 1_000_001 + b'"}]', "1 MB of text"),
    ],
)  # fmt: skip
def test_what_is_no_table(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(content)
    with pytest.raises(AmheError, match=what), json_table(path):
        pass


def test_controls_and_half_letters(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b'[{"name": "a\\u0000b\\ud800"}]')
    assert rows(path) == [{"name": "ab?"}]


@pytest.mark.parametrize("path", [MOCK] if MOCK.is_file() else [])
def test_a_published_example_with_one_id_for_all(path: Path) -> None:
    found = rows(path)
    assert len(found) == 128
    assert len({row["id"] for row in found}) == 1
    assert sum(not row["organisation"] for row in found) == 43
    assert sum(row["minimum_age"] != "" for row in found) == 87
