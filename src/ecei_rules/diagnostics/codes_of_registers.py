"""What the codes mean of pages and tables read as registers."""

from __future__ import annotations

from ecei_rules.diagnostics.code_explanation import Explanation
from ecei_rules.interviews.portfolios import PORTFOLIOS

OF_REGISTERS: dict[str, Explanation] = {
    "ECEI400": Explanation(
        "no row of a register",
        "The text is neither a JSON document, nor a table whose first line names its"
        " columns, nor a page of the public listing: no line of it ends in a portfolio"
        " and a day.",
        "Look whether it is the right file, and whether the page was saved as text.",
    ),
    "ECEI401": Explanation(
        "row with several labels",
        "A row of the public listing holds more than one portfolio with its day: a"
        " merger, or a second benchmarking under another portfolio. Each became a"
        " record; one without a name of its own has the name before it.",
        "Look whether the records are as they are meant.",
        warning=True,
    ),
    "ECEI402": Explanation(
        "text after the last day of a row",
        "Something follows the last day of a row and is in no record.",
        "Complete the row if it was cut off, or add what is meant by hand.",
    ),
    "ECEI403": Explanation(
        "portfolio not known",
        "A row is read from its right end, and before a day no comparative portfolio"
        " stands that is known, so that nobody can say where the name ends. Known are "
        + "; ".join(PORTFOLIOS)
        + ".",
        "Correct the portfolio, or write the record as JSON or into a table, which take any.",
    ),
    "ECEI404": Explanation(
        "row without a name",
        "Before the portfolio there is nothing, so that the record would have no name.",
        "Put the name before the portfolio.",
    ),
    "ECEI405": Explanation(
        "line without a day",
        "No day such as 2016/07/24 stands in the line. It may be a row that was cut off,"
        " or no row at all.",
        "Complete the row. A line that is none can stay.",
    ),
    "ECEI406": Explanation(
        "day that does not exist",
        "The calendar has no such day, or it lies outside the years 1900 to 2999.",
        "Correct the day.",
    ),
    "ECEI408": Explanation(
        "records that differ",
        "Two records agree in name, label and last day, and differ in something else."
        " Both were kept.",
        "Remove the one that is wrong, if one is.",
        warning=True,
    ),
    "ECEI411": Explanation(
        "columns of a table",
        "The first line of a table names its columns, and name, label and valid_until"
        " are among them, each once.",
        "Add or rename the column.",
    ),
    "ECEI412": Explanation(
        "row of a table",
        "A row lacks a value that is needed, has one of another form than its column"
        " takes, or has another number of values than there are columns. It became no"
        " record.",
        "Correct the row.",
    ),
    "ECEI413": Explanation(
        "row that cannot be read",
        "A quotation mark is not closed, stands where none belongs, or a value has more"
        " than 131,072 characters. The row, to its end or that of the table, is quoted.",
        "Close the quotation mark, write it twice within a value, or shorten the value.",
    ),
    "ECEI414": Explanation(
        "column that a register does not have",
        "The table has a column that a register does not have. Its values were left out.",
        "Correct the name of the column if it is one of a register.",
        warning=True,
    ),
}
