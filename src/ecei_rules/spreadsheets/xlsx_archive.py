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


def unpack(content: bytes, name: str) -> dict[str, bytes]:
    """
    Unpack the parts of a workbook, by their names; sizes are checked before unpacking.

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
    return {each.filename: archive.read(each) for each in entries}


def _refused(name: str, code: str, message: str, hint: str | None = None) -> InvalidDocument:
    return InvalidDocument(name, [Problem(code, "", message, hint)])
