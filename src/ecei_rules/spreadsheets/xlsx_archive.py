"""The parts of a workbook, unpacked within bounds."""

from __future__ import annotations

from ecei_rules.diagnostics.errors import InvalidDocument
from ecei_rules.diagnostics.problem import Problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from zipfile import ZipFile

#: The greatest number of parts of a workbook, and their greatest size in all: 16 MiB.
MAX_PARTS = 1000
MAX_UNPACKED = 16 * 2**20

_NOTHING_ELSE = "a workbook is a file of the format .xlsx"
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = 0x1
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
_SAVE = "open it in a spreadsheet program and save it as .xlsx"
#: Other formats that are archives, and what to do, by a part that each of them has.
_OTHERS = {
    "content.xml": ("an OpenDocument file such as .ods", _SAVE),
    "xl/workbook.bin": ("a binary workbook (.xlsb)", _SAVE),
    "index/document.iwa": ("a document of Numbers, Pages or Keynote", _SAVE),
    "word/document.xml": ("a text document (.docx)", _NOTHING_ELSE),
    "ppt/presentation.xml": ("a presentation (.pptx)", _NOTHING_ELSE),
}


def unpack(content: bytes, name: str) -> dict[str, bytes]:
    """
    Unpack the parts of a workbook, by their `part_name`; sizes are checked before unpacking.

    Raises:
        InvalidDocument: it is not an archive, has too many parts or too large ones, or
            one of them cannot be unpacked.
    """
    import zlib
    from io import BytesIO
    from zipfile import BadZipFile, ZipFile

    if content.startswith(_OLD):
        message = "the file is protected by a password, or has the old format .xls"
        hint = "save it as .xlsx, without a password"
        raise _refused(name, "ECEI421", message, hint)
    if not content.startswith(b"PK"):
        raise _refused(name, "ECEI421", "the file is not a workbook", _NOTHING_ELSE)
    try:
        with ZipFile(BytesIO(content)) as archive:
            return _parts(archive, name)
    except InvalidDocument:
        raise
    # zipfile raises NotImplementedError for a later version of the format
    except (BadZipFile, OSError, EOFError, ValueError, NotImplementedError, zlib.error) as error:
        message = "the file is a damaged archive"
        raise _refused(name, "ECEI421", message, _NOTHING_ELSE) from error


def part_name(path: str) -> str:
    r"""
    Return the name of a part by its path, as which programs write several.

    Source: ECMA-376, part 2 (capitals and percent-encoding do not count).

    >>> part_name("xl\\Worksheets\\sheet1.xml"), part_name("/xl/my%20styles.xml")
    ('xl/worksheets/sheet1.xml', 'xl/my styles.xml')
    """
    from urllib.parse import unquote

    return unquote(path).replace("\\", "/").lstrip("/").lower()


def _parts(archive: ZipFile, name: str) -> dict[str, bytes]:
    from zipfile import ZIP_DEFLATED, ZIP_STORED

    entries = archive.infolist()
    if len(entries) > MAX_PARTS:
        message = f"the workbook has {len(entries):,} parts, more than {MAX_PARTS:,}"
        raise _refused(name, "ECEI422", message)
    size = sum(each.file_size for each in entries)
    if size > MAX_UNPACKED:
        message = f"unpacked, the workbook has {size:,} bytes, more than {MAX_UNPACKED:,}"
        raise _refused(name, "ECEI422", message)
    if any(each.flag_bits & _ENCRYPTED for each in entries):
        message = "the file is protected by a password"
        raise _refused(name, "ECEI421", message, "save it without a password")
    if any(each.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for each in entries):
        # other methods may take any amount of memory
        message = "a part is compressed by a method that workbooks do not use"
        raise _refused(name, "ECEI421", message, _NOTHING_ELSE)
    # a part is read to its declared size and no further, even if there is more
    parts = {part_name(each.filename): archive.read(each) for each in entries}
    if len(parts) < len(entries):
        raise _refused(name, "ECEI421", "the workbook is damaged: it has a part twice")
    other = _other_format(parts)
    if other is not None:
        format_, hint = other
        raise _refused(name, "ECEI421", f"the file is {format_}", hint)
    return parts


def _other_format(parts: dict[str, bytes]) -> tuple[str, str] | None:
    """Return the format of an archive that is known to be no workbook, and what to do."""
    type_ = parts.get("mimetype", b"")
    if type_.startswith(_OPEN_DOCUMENT + b"spreadsheet"):
        return "an OpenDocument spreadsheet (.ods)", _SAVE
    if type_.startswith(_OPEN_DOCUMENT):
        return "an OpenDocument file", _NOTHING_ELSE
    return next((other for part, other in _OTHERS.items() if part in parts), None)


def _refused(name: str, code: str, message: str, hint: str | None = None) -> InvalidDocument:
    return InvalidDocument(name, [Problem(code, "", message, hint)])
