"""What the codes mean of workbooks and of tables of interviews."""

from __future__ import annotations

from ecei_rules.diagnostics.code_explanation import Explanation

OF_TABLES: dict[str, Explanation] = {
    "ECEI421": Explanation(
        "no workbook",
        "The file is no workbook of the format .xlsx: something else, a damaged one, one"
        " that is protected by a password, or one of the old format .xls.",
        "Open it in a spreadsheet program and save it as .xlsx, without a password.",
    ),
    "ECEI422": Explanation(
        "workbook too large",
        "Unpacked, the workbook is far larger than one of an interview can be, or it has"
        " far too many parts. It was not unpacked.",
        "Copy the answers into a new workbook.",
    ),
    "ECEI423": Explanation(
        "document type in a workbook",
        "A part of the workbook declares a document type, with which texts can be drawn"
        " from elsewhere or be made enormous. No spreadsheet program writes one.",
        "Do not trust the file. Copy the answers into a new workbook.",
    ),
    "ECEI424": Explanation(
        "formula",
        "A cell holds a formula or the error of one. Formulas are never worked out, since"
        " what they come to depends on the program.",
        "Write the value itself into the cell.",
    ),
    "ECEI425": Explanation(
        "no workbook or table of an interview",
        "The workbook or table does not say that it is one of an interview, or of which"
        " catalogue: its sheet ecei, or its column catalogue, is missing or empty.",
        "Begin with the workbook that `ecei-rules new interview --format xlsx` writes.",
    ),
    "ECEI426": Explanation(
        "nothing is asked here",
        "Something stands in a cell or a column that the catalogue asks nothing for, so"
        " that it would be lost.",
        "Correct the name, empty the cell, or let the column's name begin with x-.",
    ),
    "ECEI427": Explanation(
        "asked twice",
        "Two rows of the workbook, or two columns of the table, are for the same answer.",
        "Remove one of them.",
    ),
    "ECEI428": Explanation(
        "cell of another form",
        "A cell holds something of another form than is asked for, such as a text for a"
        " number, or none of the choices.",
        "Write it in the form that the message names.",
    ),
    "ECEI429": Explanation(
        "cell that is needed",
        "A cell is empty that an interview, or what else stands in its row, cannot do without.",
        "Fill it in, or empty the row.",
    ),
    "ECEI430": Explanation(
        "answered, and not applicable",
        "An indicator has an answer, and a reason why it does not apply as well.",
        "Remove one of the two.",
    ),
    "ECEI431": Explanation(
        "table that cannot be read",
        "A line of the table has another number of values than there are columns, a"
        " quotation mark in it is not closed, or there is no line below the names of the"
        " columns.",
        "Save the table again as CSV in UTF-8.",
    ),
    "ECEI432": Explanation(
        "what a workbook or table cannot hold",
        "The interview holds something that has no cell: a note under a name that begins"
        " with x-, or a text longer than a cell takes. Nothing was written, so that"
        " nothing is lost.",
        "Shorten the text; remove the notes, or convert with --leave-out-notes.",
    ),
}
