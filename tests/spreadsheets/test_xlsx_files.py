"""docs/spreadsheets.md, "Untrusted files": damaged and hostile workbooks, and those of programs."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_LZMA, ZipFile

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from workbook_samples import awkward, packed, parts_of, refusal

import ecei_rules as er
from ecei_rules.spreadsheets.xlsx_archive import MAX_PARTS, MAX_UNPACKED
from ecei_rules.spreadsheets.xlsx_cells import Formula, read_sheets

CATALOGUE = er.shipped().catalogues[1]

_SAVE = "\n  hint: open it in a spreadsheet program and save it as .xlsx"
_NO_WORKBOOK = "\n  hint: a workbook is a file of the format .xlsx"


class TestHostile:
    """docs/spreadsheets.md, "Untrusted files"."""

    @given(st.binary(max_size=200) | st.binary(max_size=100).map(lambda data: b"PK\x03\x04" + data))
    def test_any_bytes_give_problems(self, content: bytes) -> None:
        """
        Bytes that are not a workbook are refused with a problem.
        """
        with pytest.raises(er.InvalidDocument):
            er.read_workbook(content)

    @given(st.data())
    def test_changed_parts_give_a_value_or_problems(self, data: st.DataObject) -> None:
        """
        Bytes changed anywhere in a part cause no other error.
        """
        parts = parts_of(_SAMPLE)
        name = data.draw(st.sampled_from(sorted(parts)))
        part = parts[name]
        at = data.draw(st.integers(0, len(part)))
        piece = data.draw(
            st.sampled_from((b"", b"<", b"9999999", b'"', b"<f>1</f>", b"e", b"\x00"))
        )
        parts[name] = part[:at] + piece + part[at + data.draw(st.integers(0, 8)) :]

        try:
            read = er.read_workbook(packed(parts))
        except er.InvalidDocument:
            return

        assert isinstance(read, er.Interview)

    @given(st.data())
    def test_changed_archives_give_a_value_or_problems(self, data: st.DataObject) -> None:
        """
        Bytes changed anywhere in the archive cause no other error, also in its directory.
        """
        content = bytearray(_SAMPLE)
        headers = [found.start() for found in re.finditer(b"PK[\x01-\x06]{2}", _SAMPLE)]
        for _ in range(data.draw(st.integers(1, 3))):
            at = data.draw(st.sampled_from(headers)) + data.draw(st.integers(0, 46))
            content[min(at, len(content) - 1)] = data.draw(st.integers(0, 255))

        try:
            read = er.read_workbook(bytes(content))
        except er.InvalidDocument:
            return

        assert isinstance(read, er.Interview)

    @pytest.mark.parametrize("packing", [ZIP_BZIP2, ZIP_LZMA])
    def test_other_compression_is_refused(self, packing: int) -> None:
        """
        The packed bytes of these methods decide how much memory is taken.
        """
        packed = BytesIO()
        with ZipFile(packed, "w", packing) as archive:
            for name, part in parts_of(_SAMPLE).items():
                archive.writestr(name, part)

        assert refusal(packed.getvalue()) == (
            "ECEI421 (whole document): a part is compressed by a method that workbooks do not use\n"
            "  hint: a workbook is a file of the format .xlsx"
        )

    def test_xls_and_encrypted_files_are_recognised(self) -> None:
        """
        Both begin alike, and neither is read.
        """
        assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)) == (
            "ECEI421 (whole document): the file is protected by a password, or has the old format"
            " .xls\n  hint: save it as .xlsx, without a password"
        )

    def test_encrypted_archive_is_recognised(self) -> None:
        """
        An archive may have a password of its own.
        """
        content = bytearray(packed({"xl/workbook.xml": b"<x/>"}))
        content[content.rindex(b"PK\x01\x02") + 8] |= 1

        assert refusal(bytes(content)) == (
            "ECEI421 (whole document): the file is protected by a password\n"
            "  hint: save it without a password"
        )

    @pytest.mark.parametrize(
        ("parts", "words"),
        [
            (
                {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"},
                f"an OpenDocument spreadsheet (.ods){_SAVE}",
            ),
            (
                {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet-template"},
                f"an OpenDocument spreadsheet (.ods){_SAVE}",
            ),
            (
                {"mimetype": b"application/vnd.oasis.opendocument.text"},
                f"an OpenDocument file{_NO_WORKBOOK}",
            ),
            ({"content.xml": b"<x/>"}, f"an OpenDocument file such as .ods{_SAVE}"),
            ({"xl/workbook.bin": b""}, f"a binary workbook (.xlsb){_SAVE}"),
            ({"word/document.xml": b"<x/>"}, f"a text document (.docx){_NO_WORKBOOK}"),
            ({"ppt/presentation.xml": b"<x/>"}, f"a presentation (.pptx){_NO_WORKBOOK}"),
            ({"Index/Document.iwa": b""}, f"a document of Numbers, Pages or Keynote{_SAVE}"),
        ],
    )
    def test_other_formats_are_named(self, parts: dict[str, bytes], words: str) -> None:
        """
        They are not damaged, and a spreadsheet program opens some of them.
        """
        assert refusal(packed(parts)) == (f"ECEI421 (whole document): the file is {words}")

    def test_declared_size_is_checked_first(self) -> None:
        """
        Nothing is unpacked beyond the limit.
        """
        content = packed({"xl/workbook.xml": bytes(MAX_UNPACKED + 1)})

        assert len(content) < 20_000
        assert refusal(content) == (
            "ECEI422 (whole document): unpacked, the workbook has 16,777,217 bytes, more than"
            " 16,777,216"
        )

    def test_false_size_is_refused(self) -> None:
        """
        A part is unpacked to its declared size, and then its checksum is wrong.
        """
        content = packed({"xl/workbook.xml": bytes(MAX_UNPACKED + 1)})
        real, false = (MAX_UNPACKED + 1).to_bytes(4, "little"), (100).to_bytes(4, "little")

        assert refusal(content.replace(real, false)) == (
            "ECEI421 (whole document): the file is a damaged archive\n"
            "  hint: a workbook is a file of the format .xlsx"
        )

    def test_number_of_parts_is_limited(self) -> None:
        """
        Each part has a cost, however small it is.
        """
        content = packed({str(number): b"" for number in range(MAX_PARTS + 1)})

        assert refusal(content) == (
            "ECEI422 (whole document): the workbook has 1,001 parts, more than 1,000"
        )

    def test_shared_text_in_many_cells_is_limited(self) -> None:
        """
        A workbook stores a text once for many cells.
        """
        text = b"<si><t>" + b"a" * 2**20 + b"</t></si>"
        cells = b"".join(b'<c r="E%d" t="s"><v>0</v></c>' % row for row in range(1, 30))
        content = packed(
            {
                **_BARE,
                "xl/sharedStrings.xml": b"<sst>" + text + b"</sst>",
                "xl/sheet.xml": b"<worksheet>" + cells + b"</worksheet>",
            }
        )

        assert refusal(content) == (
            "ECEI422 (whole document): the texts of the workbook have more than 16,777,216"
            " characters"
        )

    @pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
    def test_document_type_is_refused(self, coding: str) -> None:
        """
        In every encoding; no entity is declared, expanded or fetched.
        """
        laughs = (
            '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'
        )
        parts = {
            **_BARE,
            "xl/sheet.xml": laughs.replace('1.0"', f'1.0" encoding="{coding}"').encode(coding),
        }

        assert refusal(packed(parts)) == (
            "ECEI423 (whole document): a part of the workbook declares a document type, which is"
            " never read"
        )

    @pytest.mark.parametrize(
        ("part", "data", "words"),
        [
            ("xl/sheet.xml", b"<x", "a part is not XML: unclosed token"),
            ("xl/sheet.xml", b"<a>" * 51, "its parts are nested more than 50 deep"),
            ("xl/sheet.xml", b'<x><c r="1A"/></x>', '"1A" does not name a cell'),
            ("xl/sheet.xml", b"<x><c/></x>", '"" does not name a cell'),
            ("xl/sheet.xml", b'<x><c r="A1" t="s"><v>7</v></c></x>', 'there is no shared text "7"'),
            ("xl/sheet.xml", b'<x><row r="0"/></x>', '"0" does not name a row'),
            ("xl/sheet.xml", b'<x><row><c r="1A"/></row></x>', '"1A" does not name a cell'),
            (
                "xl/sheet.xml",
                b'<x><c r="A1" t="s"><v>-1</v></c></x>',
                'there is no shared text "-1"',
            ),
            (
                "xl/sheet.xml",
                b'<x><c r="A1" t="b"><v>yes</v></c></x>',
                '"yes" is neither true nor false',
            ),
            (
                "xl/sheet.xml",
                b'<x><c r="B2"><v>1</v></c><c r="B2"><v>2</v></c></x>',
                "a sheet has the cell B2 twice",
            ),
            ("XL/Sheet.xml", b"<x/>", "it has a part twice"),
            ("xl/_rels/workbook.xml.rels", b"<x/>", 'the sheet "one" is missing'),
            (
                "xl/workbook.xml",
                b'<x><sheet name="one" id="r1"/><sheet name="two" id="r1"/></x>',
                'the sheet "two" is missing',
            ),
        ],
    )
    def test_damaged_parts(self, part: str, data: bytes, words: str) -> None:
        """
        The message names the damage.
        """
        found = refusal(packed({**_BARE, part: data}))

        assert found == f"ECEI421 (whole document): the workbook is damaged: {words}"

    @pytest.mark.parametrize(
        "encoding",
        [
            "foo", "utf-7", "shift_jis", "punycode", "utf-32", "idna", "undefined", "hex",
            "unicode_escape", "windows-1252", "UTF8",
        ],
    )  # fmt: skip
    def test_other_encodings_are_damage(self, encoding: str) -> None:
        """
        Whether Python has a codec of this name, and of whatever kind.
        """
        part = f'<?xml version="1.0" encoding="{encoding}"?><x/>'.encode()

        assert refusal(packed({"xl/workbook.xml": part})) == (
            "ECEI421 (whole document): the workbook is damaged: a part names the encoding"
            f' "{encoding}", where UTF-8 or UTF-16 is expected'
        )

    def test_long_name_of_an_encoding_is_cut(self) -> None:
        """
        In the message.
        """
        part = b'<?xml version="1.0" encoding="' + b"a" * 1000 + b'"?><x/>'

        assert refusal(packed({**_BARE, "xl/sheet.xml": part})) == (
            "ECEI421 (whole document): the workbook is damaged: a part names the encoding"
            f' "{"a" * 60}…", where UTF-8 or UTF-16 is expected'
        )

    @pytest.mark.parametrize(
        ("declared", "codec"),
        [
            ("", "utf-8"),
            (' encoding="UTF-8"', "utf-8"),
            (' encoding="utf-16"', "utf-16"),
            (' encoding="UTF-16LE"', "utf-16-le"),
            (' encoding="US-ASCII"', "ascii"),
            (' encoding="ISO-8859-1"', "latin-1"),
        ],
    )
    def test_encodings_that_are_read(self, declared: str, codec: str) -> None:
        """
        The declaration may be left out.
        """
        name = "one" if codec == "ascii" else "naïve"
        book = f'<?xml version="1.0"{declared}?><x><sheet name="{name}" id="r1"/></x>'
        parts = {**_BARE, "xl/workbook.xml": book.encode(codec)}

        assert [each.name for each in read_sheets(packed(parts), name="workbook")] == [name]

    def test_cells_of_other_programs(self) -> None:
        """
        Texts in runs, days as texts or counted from 1904, errors, escapes, styles.
        """
        styles = (
            b"<s><numFmts><numFmt numFmtId='170' formatCode='[$-409]d/m/yy;@'/>"
            b"<numFmt numFmtId='171' formatCode='&quot;%&quot;General'/></numFmts>"
            b"<cellStyleXfs><xf numFmtId='9'/></cellStyleXfs>"
            b"<cellXfs><xf numFmtId='0'/><xf numFmtId='170'/><xf numFmtId='171'/></cellXfs></s>"
        )
        cells = (
            b"<c r='A1' t='inlineStr'><is><r><t>one</t></r><r><t>_x0009_two</t></r>"
            b"<rPh><t>spoken</t></rPh></is></c>"
            b"<c r='A2' t='d'><v>2024-03-18T00:00:00</v></c>"
            b"<c r='A3' t='e'><v>#REF!</v></c>"
            b"<c r='A4' s='1'><v>1000</v></c>"
            b"<c r='A5' s='1'><v>1000.5</v></c>"
            b"<c r='A6' s='2'><v>1.1000000000000001</v></c>"
            b"<c r='A7'><v>1e999</v></c>"
            b"<c r='A8'><v>many</v></c>"
            b"<c r='A9' t='str'><v>a</v></c>"
            b"<c r='A10' s='1'><v>0.10416666666666667</v></c>"
            b"<c r='A11' s='1'><v>34.5</v></c>"
            b"<c r='B1' t='s'><v>0</v><extLst><ext><v>7</v></ext></extLst></c>"
            b"<c r='B2' t='b'><v>1</v></c>"
            b"<c r='B3' s='1'><v>1</v></c>"
            b"<c r='B4' t='b'><v> true</v></c><c r='B5' t='b'><v>false</v></c>"
            b"<c r='AZ1'><v>1</v></c><c r='A99999'><v>1</v></c><c r='B9'/>"
        )
        relations = _BARE["xl/_rels/workbook.xml.rels"].replace(
            b"</x>", b'<Relationship Id="r3" Type="x/styles" Target="styles.xml"/></x>'
        )
        epoch = b'<workbook><workbookPr date1904="1"/><sheet name="one" id="r1"/></workbook>'
        content = packed(
            {
                "xl/workbook.xml": epoch,
                "xl/_rels/workbook.xml.rels": relations,
                "xl/styles.xml": styles,
                "xl/sharedStrings.xml": (
                    b"<sst><si><rPh><t>x</t></rPh><t>sha</t><t>red</t></si><rPh/></sst>"
                ),
                "xl/sheet.xml": b"<x>" + cells + b"<rPh/></x>",
            }
        )

        (sheet,) = read_sheets(content, name="workbook")

        assert dict(sheet.cells) == {
            (1, 1): "one\ttwo",
            (2, 1): "2024-03-18",
            (3, 1): Formula("#REF!"),
            (4, 1): date(1904, 1, 1) + timedelta(1000),
            (5, 1): "1906-09-27 12:00:00",
            (10, 1): "02:30:00",
            (11, 1): Decimal("34.5"),
            (6, 1): Decimal("1.1"),
            (7, 1): "1e999",
            (8, 1): "many",
            (9, 1): "a",
            (1, 2): "shared",
            (2, 2): True,
            (3, 2): 1,
            (4, 2): True,
            (5, 2): False,
        }

    def test_sheet_names(self) -> None:
        """
        Names of sheets are short, unique, and without forbidden characters.
        """
        titles = ["Facts", "History", "A/B", "[]", "a" * 40, "a" * 41]
        dimensions = [
            er.Dimension(f"d{number}", er.Text({"en": title}))
            for number, title in enumerate(titles)
        ]
        catalogue = evolve(CATALOGUE, dimensions=dimensions, indicators=())

        assert load_workbook(BytesIO(er.new_workbook(catalogue))).sheetnames[3:9] == [
            "Facts 2", "History", "A B", "Sheet", "a" * 31, "a" * 29 + " 2",
        ]  # fmt: skip

    def test_other_archive_is_refused(self) -> None:
        """
        Many formats are archives.
        """
        assert refusal(packed({"notes.xml": b"<x/>"})) == (
            "ECEI421 (whole document): the workbook is damaged: it has no part workbook.xml"
        )

    def test_file_size_is_limited(self) -> None:
        """
        The limit is that of all documents.
        """
        with pytest.raises(er.InvalidDocument) as refused:
            er.read_workbook(b"PK" + bytes(99), max_size=100)

        assert [*map(str, refused.value.problems)] == [
            "ECEI101 (whole document): the document is larger than 100 bytes"
        ]


class TestOtherWriters:
    """docs/spreadsheets.md: What the standard allows and few programs write."""

    def test_cells_without_places_follow_each_other(self) -> None:
        """
        Rows and cells without an attribute for their place are in order.
        """
        parts = parts_of(_SAMPLE)
        for name, part in parts.items():
            if name.startswith("xl/worksheets/"):
                parts[name] = _without_places(part)

        assert all(b' r="' not in parts[f"xl/worksheets/sheet{n}.xml"] for n in range(1, 12))
        assert er.read_workbook(packed(parts)) == awkward()

    def test_places_may_be_left_out_here_and_there(self) -> None:
        """
        The next cell is to the right of the last one, the next row below it.
        """
        rows = (
            b"<row><c><v>1</v></c><c r='D1'><v>2</v></c><c><v>3</v></c></row>"
            b"<row r='7'><c/><c><v>4</v></c></row><row><c r='B8'><v>5</v></c></row>"
            b"<row><c><v>6</v></c></row><row r='20001'><c><v>7</v></c></row>"
        )

        (sheet,) = read_sheets(
            packed({**_BARE, "xl/sheet.xml": b"<x>" + rows + b"</x>"}), name="workbook"
        )

        assert dict(sheet.cells) == {
            (1, 1): 1,
            (1, 4): 2,
            (1, 5): 3,
            (7, 2): 4,
            (8, 2): 5,
            (9, 1): 6,
        }

    @pytest.mark.parametrize(
        "target", ["Book/Main.xml", "/book/main.xml", "./book/../Book\\main.xml"]
    )
    def test_parts_may_have_other_names(self, target: str) -> None:
        """
        Relationships lead to them, with a path from the folder of the part or from the top.
        """
        parts = parts_of(_SAMPLE)
        names = {
            "xl/workbook.xml": "book/main.xml",
            "xl/_rels/workbook.xml.rels": "book/_rels/main.xml.rels",
        }
        for number in range(1, 14):
            names[f"xl/worksheets/sheet{number}.xml"] = f"Sheets/S{number}.XML"
        moved = {names.get(name, name): part for name, part in parts.items()}
        moved["_rels/.rels"] = parts["_rels/.rels"].replace(b"xl/workbook.xml", target.encode())
        relations = parts["xl/_rels/workbook.xml.rels"].replace(b'"styles', b'"../XL/styles')
        moved["book/_rels/main.xml.rels"] = re.sub(
            rb"/xl/worksheets/sheet([0-9]+)", rb"../sheets/s\1", relations
        )

        assert er.read_workbook(packed(moved)) == awkward()

    def test_parts_at_the_top_of_the_archive(self) -> None:
        """
        Without a folder, and without relationships of the archive.
        """
        parts = parts_of(_SAMPLE)
        parts["workbook.xml"] = parts.pop("xl/workbook.xml")
        parts["_rels/workbook.xml.rels"] = parts.pop("xl/_rels/workbook.xml.rels")
        parts["styles.xml"] = parts.pop("xl/styles.xml")
        del parts["_rels/.rels"]

        assert er.read_workbook(packed(parts)) == awkward()

    def test_relationship_that_leads_nowhere(self) -> None:
        """
        The part with the usual name is read.
        """
        parts = parts_of(_SAMPLE)
        parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"xl/workbook", b"xl/nothing")

        assert er.read_workbook(packed(parts)) == awkward()

    def test_names_of_parts_may_be_percent_encoded(self) -> None:
        """
        As in addresses.
        """
        parts = parts_of(_SAMPLE)
        parts["xl/my styles.xml"] = parts.pop("xl/styles.xml")
        name = "xl/_rels/workbook.xml.rels"
        parts[name] = parts[name].replace(b"styles.xml", b"my%20styles.xml")

        assert er.read_workbook(packed(parts)) == awkward()

    def test_missing_styles_are_damage(self) -> None:
        """
        Without them a day would be read as a number.
        """
        parts = parts_of(_SAMPLE)
        del parts["xl/styles.xml"]

        assert refusal(packed(parts)) == (
            'ECEI421 (whole document): the workbook is damaged: the part "xl/styles.xml" is missing'
        )

    def test_backslashes_in_names_of_parts(self) -> None:
        """
        Some programs for Windows write them into the archive.
        """
        parts = {name.replace("/", "\\"): part for name, part in parts_of(_SAMPLE).items()}

        assert er.read_workbook(packed(parts)) == awkward()


def _without_places(part: bytes) -> bytes:
    """Remove the places of rows and cells from a sheet, with an empty cell for each gap."""
    pieces = re.split(rb'<row r="[0-9]+"|<c r="([A-Z])([0-9]+)"', part)
    made, row, column = pieces[0], 0, 0
    for letter, number, rest in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        if letter is None:
            row, column = row + 1, 0
            made += b"<row" + rest
        else:
            gap = ord(letter) - ord("A") - column
            assert int(number) == row, "no row is left out"
            made += b"<c/>" * gap + b"<c" + rest
            column += gap + 1
    return made


_SAMPLE = er.write_workbook(awkward())
_BARE = {
    "xl/workbook.xml": b'<workbook><sheet name="one" id="r1"/></workbook>',
    "xl/_rels/workbook.xml.rels": (
        b'<x><Relationship Id="r1" Target="sheet.xml"/>'
        b'<Relationship Id="r2" Type="x/sharedStrings" Target="/xl/sharedStrings.xml"/></x>'
    ),
    "xl/sheet.xml": b"<worksheet/>",
}
