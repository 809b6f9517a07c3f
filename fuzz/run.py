"""
Gives every reader mutated bytes for a while.

`python fuzz/run.py` runs for a minute, `python fuzz/run.py 3600` for an hour; a folder
named after it keeps the inputs that reached new code, and the next run begins with them.
Bytes that break the law of readers.py end the run, and are saved in a file `crash-…` beside
this one.
"""

from __future__ import annotations

import json
import random
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

import atheris

with atheris.instrument_imports(include=["ecei_rules"]):
    # these are imported with their first use, and would not be instrumented then
    from readers import beginnings, check

    import ecei_rules.documents.build
    import ecei_rules.documents.shape
    import ecei_rules.register.csv_table
    import ecei_rules.register.listing
    import ecei_rules.spreadsheets.csv_table
    import ecei_rules.spreadsheets.read_workbook

SECONDS = "60"
LONGEST = 200_000
ODD: tuple[Any, ...] = (
    *(None, True, 0, -1, 1.5, 10**30, "", "x", "IT", "2024-02-29", "2023-02-29", "bronze"),
    *([], {}, [[]], {"x-a": 1}, {"en": ""}, {"kind": "all_of", "parts": []}),
)


#: Values of attributes of the parts of a workbook: encodings, targets, places and types.
ATTRIBUTES = (
    *("foo", "utf-7", "utf-16", "shift_jis", "punycode", "iso-8859-1", "idna", "", "UTF8"),
    *("../book.xml", "/xl/workbook.xml", "xl\\styles.xml", "..", "#", "rId1", "rId99"),
    *("A0", "A1", "B2", "XFD1048577", "0", "1", "20001", "-1", "s", "b", "e", "str", "inlineStr"),
)


def mutated(data: bytes, max_size: int, seed: int) -> bytes:
    """Return mutated bytes; a JSON document is half of the time mutated as one."""
    chance = random.Random(seed)
    if chance.random() < 1 / 2:
        try:
            document = json.loads(data[1:])
        except (ValueError, RecursionError):
            pass
        else:
            spoiled = json.dumps(_spoiled(document, chance), ensure_ascii=False)
            return (data[:1] + spoiled.encode("utf-8", "surrogatepass"))[:max_size]
    return bytes(atheris.Mutate(data, max_size))


def _spoiled(document: Any, chance: random.Random) -> Any:
    """Replace, remove or double one value of a document."""
    holders = list(_holders(document))
    if not holders:
        return chance.choice(ODD)
    holder = chance.choice(holders)
    if isinstance(holder, list):
        keys: list[Any] = list(range(len(holder)))
    else:
        keys = list(holder)
    key = chance.choice(keys)
    if isinstance(holder[key], str) and "<" in holder[key] and chance.random() < 3 / 4:
        holder[key] = _spoiled_part(holder[key], chance)
        return document
    match chance.randrange(5):
        case 0:
            holder[key] = chance.choice(ODD)
        case 1:
            del holder[key]
        case 2 if isinstance(holder, list):
            holder.insert(key, holder[chance.choice(keys)])
        case 2:
            holder[chance.choice(("x-a", "en", "kind", "id", "a"))] = holder[key]
        case 3:
            other = chance.choice(holders)
            holder[key] = json.loads(json.dumps(other))
        case _:
            holder[key] = holder[chance.choice(keys)]
    return document


def _spoiled_part(text: str, chance: random.Random) -> str:
    """Remove or replace a few attributes or elements of a part of a workbook."""
    for _ in range(chance.randint(1, 3)):
        found = [*re.finditer(r'\s[\w:]+="([^"]*)"|<[^<>]*>[^<]*', text)]
        if not found:
            return text
        place = chance.choice(found)
        if place[1] is None or chance.random() < 1 / 3:
            text = text[: place.start()] + text[place.end() :]
        else:
            text = text[: place.start(1)] + chance.choice(ATTRIBUTES) + text[place.end(1) :]
    return text


def _holders(value: Any) -> Any:
    if isinstance(value, dict | list) and value:
        yield value
        for each in value.values() if isinstance(value, dict) else value:
            yield from _holders(each)


def main(seconds: str = SECONDS, *kept: str) -> None:
    """Run for so many seconds."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "beginnings")
        folder.mkdir()
        for number, data in enumerate(beginnings()):
            (folder / f"{number:04}").write_bytes(data)
        options = (
            f"-max_total_time={seconds}",
            f"-max_len={LONGEST}",
            f"-artifact_prefix={Path(__file__).parent}/",
            "-seed=1",
            "-timeout=20",
            "-rss_limit_mb=1024",
        )
        new = kept[0] if kept else str(Path(scratch, "found"))
        Path(new).mkdir(exist_ok=True)
        atheris.Setup([sys.argv[0], *options, new, str(folder)], check, custom_mutator=mutated)
        atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
