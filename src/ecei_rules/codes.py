"""What each problem code means."""

from __future__ import annotations

from attrs import frozen

from ecei_rules.portfolios import PORTFOLIOS


@frozen
class Explanation:
    """
    What a problem code means, and how such a problem is mended.

    Of what is only a *warning* nothing is refused or left out.
    """

    title: str
    meaning: str
    mend: str
    warning: bool = False


CODES: dict[str, Explanation] = {
    "ECEI101": Explanation(
        "document too large",
        "The document has more bytes than a reader takes, 16 MiB unless the caller says otherwise.",
        "Look whether it is the right file; if it is, pass a larger max_size.",
    ),
    "ECEI102": Explanation(
        "not UTF-8",
        "JSON documents are UTF-8, and some byte of this one is not.",
        "Save the file as UTF-8 in the editor that wrote it.",
    ),
    "ECEI103": Explanation(
        "byte order mark",
        "The file begins with an invisible mark that some editors put before UTF-8.",
        'Save it as "UTF-8", not as "UTF-8 with BOM".',
    ),
    "ECEI104": Explanation(
        "not JSON",
        "At this place the text stops being JSON. What follows was not looked at, so"
        " there may be more problems behind it.",
        "Look at the place and just before it: a comma too many or too few, a missing"
        " quotation mark, single quotes for double ones.",
    ),
    "ECEI105": Explanation(
        "text after the end",
        "The document is complete, and there is more text after it.",
        "Remove what follows, or put it into a document of its own.",
    ),
    "ECEI106": Explanation(
        "name twice in one object",
        "Two members of one object have the same name. Other readers keep one of them"
        " without a word, and not all of them the same one.",
        "Decide which of the two is meant and remove the other.",
    ),
    "ECEI107": Explanation(
        "not a number",
        "NaN and Infinity are no JSON numbers.",
        "Leave an answer out that is not known.",
    ),
    "ECEI108": Explanation(
        "half of a surrogate pair",
        "A character beyond U+FFFF is escaped as two \\u escapes, and here stands one.",
        "Write the character itself, or both escapes.",
    ),
    "ECEI109": Explanation(
        "nested too deep",
        "Objects and lists stand more than 100 deep in one another.",
        "No document of this library needs that; look whether it is the right file.",
    ),
    "ECEI110": Explanation(
        "number too long",
        "Written out without an exponent the number has more than 1,000 digits.",
        "Look whether the exponent is meant.",
    ),
    "ECEI111": Explanation(
        "control character in a text",
        "A line break, a tab or another control character stands inside a text.",
        "Write it as an escape: \\n, \\t or \\u00..",
    ),
    "ECEI112": Explanation(
        "too many problems",
        "The document has more than 1,000 problems. So many are listed, and the rest was left out.",
        "Mend what is listed, or look whether it is the right file.",
    ),
    "ECEI201": Explanation(
        "no format",
        'A document says what it is and of which version: "format": "ecei-interview/1".'
        " Nothing is assumed for one that does not.",
        "Add the member format.",
    ),
    "ECEI202": Explanation(
        "format of another version",
        "The document names a major version of its format that this library does not"
        " know, and what another major version means cannot be guessed.",
        "Use a version of the library that reads it, or correct a mistyped number.",
    ),
    "ECEI203": Explanation(
        "another kind of document",
        "The document is of another kind than the one that was to be read, or of none"
        " that this library knows.",
        "Look whether it is the right file, and whether format is spelled right.",
    ),
    "ECEI204": Explanation(
        "wrong type",
        "A value is of another type than its place takes: a text in quotes where a"
        " number belongs, one value where a list belongs. null is never a value here.",
        "Write the value in the form that the message names; leave out what is unknown.",
    ),
    "ECEI205": Explanation(
        "member missing",
        "An object lacks a member that it cannot do without.",
        "Add the member.",
    ),
    "ECEI206": Explanation(
        "unknown member",
        "An object has a member that its format does not know. It is refused, because a"
        " mistyped name would otherwise be overlooked.",
        "Correct the name, or let it begin with x- if it is a note of your own.",
    ),
    "ECEI207": Explanation(
        "value not allowed",
        "Only a few values are possible here, and this is none of them.",
        "Choose one of those in the message.",
    ),
    "ECEI208": Explanation(
        "text of another form",
        "A text has not the form that its place asks for, such as a day, an id, a"
        " country code or a web address, or it is empty.",
        "Write it in the form that the message shows.",
    ),
    "ECEI209": Explanation(
        "number out of bounds",
        "A number is smaller or larger than the format allows.",
        "Correct the number.",
    ),
    "ECEI210": Explanation(
        "empty list",
        "A list needs at least one item here.",
        "Add an item, or leave the member out where it is optional.",
    ),
    "ECEI211": Explanation(
        "item twice in one list",
        "The items of this list are all different, and one stands there twice.",
        "Remove one of them.",
    ),
    "ECEI212": Explanation(
        "member that does not belong here",
        "A member contradicts another one beside it: two bounds in one threshold, a last"
        " day of validity for something that is no award.",
        "Keep the one that is meant.",
    ),
    "ECEI213": Explanation(
        "values that contradict each other",
        "Each value is well formed, but together they cannot be: a period that ends"
        " before it begins, percentages that do not follow from the points.",
        "Correct one of them.",
    ),
    "ECEI214": Explanation(
        "no English text",
        "Every text has an English form, under en, beside those in other languages.",
        "Add the English text.",
    ),
    "ECEI301": Explanation(
        "unknown catalogue edition",
        "The catalogue and version that the document names are not known, so nothing"
        " can be said about its answers.",
        "Correct the name or the version; pass the edition that has the catalogue if it"
        " is not a shipped one.",
    ),
    "ECEI302": Explanation(
        "unknown indicator, fact or id",
        "The document names something that the catalogue does not have.",
        "Correct the id; `ecei-rules catalogue show REF` lists them.",
    ),
    "ECEI303": Explanation(
        "retired id",
        "The indicator or fact is still listed, so that its id is never used again, but"
        " this edition does not ask it any more.",
        "Leave it out.",
    ),
    "ECEI304": Explanation(
        "answer or condition of another kind",
        "An answer has not the form that the catalogue asks for.",
        "Write the answer in the form that the message names.",
    ),
    "ECEI305": Explanation(
        "answer out of bounds",
        "An answer lies outside the bounds that the catalogue sets, which are wide:"
        " probably a slip of the keyboard.",
        "Correct the answer.",
    ),
    "ECEI306": Explanation(
        "unknown option",
        "The catalogue has no such option for this indicator.",
        "Choose one of its options.",
    ),
    "ECEI307": Explanation(
        "always applies",
        "An answer says that the indicator does not apply, which the catalogue does not"
        " allow for it.",
        "Answer it, or leave it out if there is no answer: it is then unanswered.",
    ),
    "ECEI310": Explanation(
        "id used twice",
        "Two things in one list have the same id, or an indicator and a fact share one.",
        "Give one of them another id.",
    ),
    "ECEI311": Explanation(
        "unknown dimension",
        "The catalogue has no such dimension.",
        "Correct the id of the dimension.",
    ),
    "ECEI312": Explanation(
        "unknown source",
        "A provenance cites a source that the document does not list.",
        "Add the source to sources, or correct the id.",
    ),
    "ECEI313": Explanation(
        "bounds the wrong way round",
        "The smallest answer allowed is larger than the largest.",
        "Swap or correct the bounds.",
    ),
    "ECEI314": Explanation(
        "number used twice",
        "Two indicators of one catalogue have the same number.",
        "Correct one of the numbers.",
    ),
    "ECEI321": Explanation(
        "unknown grade",
        "The scale of the ruleset has no such grade.",
        "Correct the grade, or add it to the scale.",
    ),
    "ECEI322": Explanation(
        "grades out of order",
        "The first grade whose condition holds is attained, so the best stands first.",
        "Put the grades in order, the best first, each once.",
    ),
    "ECEI323": Explanation(
        "grade out of reach",
        "No answer attains this grade: its condition cannot hold, or a better grade is"
        " attained whenever it does.",
        "Correct the bound of this grade or of the one before it.",
    ),
    "ECEI324": Explanation(
        "condition that does not fit the answer",
        "A condition looks at something that answers of this kind do not have.",
        "Use a condition that fits the kind, as the message lists them.",
    ),
    "ECEI325": Explanation(
        "points that fall with a better grade",
        "A better grade earns no fewer points than a lower one; otherwise a better answer"
        " would lower the score.",
        "Correct the points.",
    ),
    "ECEI326": Explanation(
        "condition at the wrong grade",
        "Every grade but the last has a condition, and the last has none, so that an"
        " answer always attains exactly one.",
        "Add or remove the condition.",
    ),
    "ECEI327": Explanation(
        "criterion that can never be met",
        "Whatever is answered, the criterion is not met.",
        "Correct its bound; the label could never be awarded if it is required.",
    ),
    "ECEI328": Explanation(
        "not graded",
        "A rule asks for the grade of something that the ruleset does not grade.",
        "Add a grading, or correct the id.",
    ),
    "ECEI330": Explanation(
        "periods in force overlap",
        "Two rulesets of one label would be in force on the same day.",
        "End the one before the other begins. A ruleset without a last day ends by"
        " itself when a later one begins.",
    ),
    "ECEI331": Explanation(
        "gap between periods in force",
        "There would be days without any ruleset of the label.",
        "Close the gap, or declare it in the later ruleset with after_gap.",
    ),
    "ECEI332": Explanation(
        "too many points for what does not apply",
        "An indicator that does not apply would earn more than its best grade.",
        "Lower not_applicable_points.",
    ),
    "ECEI333": Explanation(
        "parts nested too deep",
        "Conditions or requirements are combined more than 10 levels deep, which nobody"
        " who reads the rule could follow.",
        "Flatten it: all_of within all_of is one all_of.",
    ),
    "ECEI334": Explanation(
        "renewal that has run out already",
        "A renewal counts from the previous end. If it may come later after that end than"
        " it holds, the last ones would be over on the day they are awarded.",
        "Shorten the time in which a renewal is possible, or let it hold longer.",
    ),
    "ECEI341": Explanation(
        "event twice in one history",
        "The same event of the same label on the same day stands twice in a history.",
        "Remove one of them.",
    ),
    "ECEI342": Explanation(
        "award that ends before its day",
        "The last day of an award lies before the day of the award.",
        "Correct one of the two days; the day of an award is that of the interview.",
    ),
    "ECEI343": Explanation(
        "awards that contradict each other",
        "Two awards of one label cannot both be right: one interview gives one end, and"
        " a later award never ends before an earlier one.",
        "Correct the day or the end of one of them, or remove the one that was not made.",
    ),
    "ECEI351": Explanation(
        "record twice in one register",
        "The same record stands twice in a register, and would be counted twice.",
        "Remove one of them.",
    ),
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
