"""What the codes mean of texts that are not JSON as it should be."""

from __future__ import annotations

from ecei_rules.diagnostics.code_explanation import Explanation

OF_TEXT: dict[str, Explanation] = {
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
    "ECEI113": Explanation(
        "name too long",
        "The name of a member has more than 1,000 characters.",
        "No document of this library needs that; look whether it is the right file.",
    ),
}
