"""What the codes mean of documents that are not of their format."""

from __future__ import annotations

from ecei_rules.diagnostics.code_explanation import Explanation

OF_FORMATS: dict[str, Explanation] = {
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
}
