"""The text of a comparison of validity rules."""

from __future__ import annotations

from validity_samples import (
    MEETING_IN_FEBRUARY,
    MONTHLY,
    TO_THE_DAY,
)

import ecei_rules as er
from ecei_rules.comparison.validity import (
    compare_validity,
)
from ecei_rules.report.text.validity import lines
from ecei_rules.rulesets.validity import FirstAward, Renewal, ValidityRules


def shipped(label: str, old: str, new: str) -> tuple[str, ...]:
    """Return the comparison of two shipped rulesets in words."""
    versions = (er.shipped().ruleset(label, version=each).validity for each in (old, new))
    return lines(compare_validity(*versions))


class TestText:
    """The text of the comparison, for the shipped rulesets and for special cases."""

    def test_bronze_2010_to_2019(self) -> None:
        """
        Two years to the day become two years to the end of the month, with renewals.
        """
        assert shipped("bronze", "2010-11", "2019-11") == (
            "The days of a label: other dates in 4 of 4 situations.",
            "No interview gets an earlier end or an earlier last day to renew.",
            "No label held before:",
            "  old: first award, 2 years from the interview to the day, not renewable",
            (
                "  new: first award, 2 years from the interview to the end of the month,"
                " renewable 1 year longer"
            ),
            "  ends later unless counted from the last of a month (end of February: by the year)",
            "  last renewal: given by the new rules only",
            "  example: interview 2024-01-01",
            "    old: 2024-01-01 to 2026-01-01, not renewable",
            "    new: 2024-01-01 to 2026-01-31, renewable until 2027-01-31",
            "A label held before, interview on its last day or earlier:",
            "  old: first award, 2 years from the interview to the day, not renewable",
            (
                "  new: renewal, 3 years from the previous end to the end of the month,"
                " renewable 1 year longer"
            ),
            "  begins later on every day",
            "  ends later on every day",
            "  last renewal: given by the new rules only",
            "  example: interview 2024-01-01, previous end 2024-01-01",
            "    old: 2024-01-01 to 2026-01-01, not renewable",
            "    new: 2024-01-02 to 2027-01-31, renewable until 2028-01-31",
            "Interview later than the previous end, up to the end of the month 1 year after it:",
            "  old: first award, 2 years from the interview to the day, not renewable",
            (
                "  new: renewal, 3 years from the previous end to the end of the month,"
                " renewable 1 year longer"
            ),
            "  begins earlier on some days, else the same",
            "  ends later on some days, else the same",
            "  last renewal: given by the new rules only",
            "  example: interview 2024-01-02, previous end 2024-01-01",
            "    old: 2024-01-02 to 2026-01-02, not renewable",
            "    new: 2024-01-02 to 2027-01-31, renewable until 2028-01-31",
            "Interview later than the end of the month 1 year after the previous end:",
            "  old: first award, 2 years from the interview to the day, not renewable",
            (
                "  new: late return, 2 years from the interview to the end of the month,"
                " renewable 1 year longer"
            ),
            "  ends later unless counted from the last of a month (end of February: by the year)",
            "  last renewal: given by the new rules only",
            "  example: interview 2024-01-01, previous end 2022-12-31",
            "    old: 2024-01-01 to 2026-01-01, not renewable",
            "    new: 2024-01-01 to 2026-01-31, renewable until 2027-01-31",
        )

    def test_silver_2014_to_2017(self) -> None:
        """
        Renewals are new, and first awards last as long as before.
        """
        assert shipped("silver", "2014-10", "2017-01") == (
            "The days of a label: other dates in 4 of 4 situations.",
            "No interview gets an earlier end or an earlier last day to renew.",
            "No label held before:",
            "  old: first award, 2 years from the interview to the day, not renewable",
            "  new: first award, 2 years from the interview to the day, renewable 1 year longer",
            "  ends on the same day",
            "  last renewal: given by the new rules only",
            "  example: interview 2024-01-01",
            "    old: 2024-01-01 to 2026-01-01, not renewable",
            "    new: 2024-01-01 to 2026-01-01, renewable until 2027-01-01",
            "A label held before, interview on its last day or earlier:",
            "  old: first award, 2 years from the interview to the day, not renewable",
            "  new: renewal, 3 years from the previous end to the day, renewable 1 year longer",
            "  begins later on every day",
            "  ends later on every day",
            "  last renewal: given by the new rules only",
            "  example: interview 2024-01-01, previous end 2024-01-01",
            "    old: 2024-01-01 to 2026-01-01, not renewable",
            "    new: 2024-01-02 to 2027-01-01, renewable until 2028-01-01",
            "Interview later than the previous end, up to 1 year after it:",
            "  old: first award, 2 years from the interview to the day, not renewable",
            "  new: renewal, 3 years from the previous end to the day, renewable 1 year longer",
            "  begins earlier on some days, else the same",
            "  ends later on some days, else the same",
            "  last renewal: given by the new rules only",
            "  example: interview 2024-01-02, previous end 2024-01-01",
            "    old: 2024-01-02 to 2026-01-02, not renewable",
            "    new: 2024-01-02 to 2027-01-01, renewable until 2028-01-01",
            "Interview later than 1 year after the previous end:",
            "  old: first award, 2 years from the interview to the day, not renewable",
            "  new: late return, 2 years from the interview to the day, renewable 1 year longer",
            "  ends on the same day",
            "  last renewal: given by the new rules only",
            "  example: interview 2024-01-01, previous end 2022-12-31",
            "    old: 2024-01-01 to 2026-01-01, not renewable",
            "    new: 2024-01-01 to 2026-01-01, renewable until 2027-01-01",
        )

    def test_gold_2012_to_2019(self) -> None:
        """
        The same years, now to the end of the month, and so is the last day to renew: for
        the rest of that month a late return becomes a renewal.
        """
        to_the_day = "2 years from the interview to the day, renewable 1 year longer"
        monthly = "2 years from the interview to the end of the month, renewable 1 year longer"
        renewed = (
            "  old: renewal, 3 years from the previous end to the day, renewable 1 year longer",
            (
                "  new: renewal, 3 years from the previous end to the end of the month,"
                " renewable 1 year longer"
            ),
        )
        shifted = tuple(
            f"  {what} later unless counted from the last of a month (end of February: by the year)"
            for what in ("ends", "last renewal:")
        )

        assert shipped("gold", "2012-04", "2019-11") == (
            "The days of a label: other dates in 5 of 5 situations.",
            "No interview gets an earlier end or an earlier last day to renew.",
            "No label held before:",
            f"  old: first award, {to_the_day}",
            f"  new: first award, {monthly}",
            *shifted,
            "  example: interview 2024-01-01",
            "    old: 2024-01-01 to 2026-01-01, renewable until 2027-01-01",
            "    new: 2024-01-01 to 2026-01-31, renewable until 2027-01-31",
            "A label held before, interview on its last day or earlier:",
            *renewed,
            *shifted,
            "  example: interview 2024-01-01, previous end 2024-01-01",
            "    old: 2024-01-02 to 2027-01-01, renewable until 2028-01-01",
            "    new: 2024-01-02 to 2027-01-31, renewable until 2028-01-31",
            "Interview later than the previous end, up to 1 year after it:",
            *renewed,
            *shifted,
            "  example: interview 2024-01-02, previous end 2024-01-01",
            "    old: 2024-01-02 to 2027-01-01, renewable until 2028-01-01",
            "    new: 2024-01-02 to 2027-01-31, renewable until 2028-01-31",
            "Interview later than 1 year after the previous end, up to the end of that month:",
            f"  old: late return, {to_the_day}",
            renewed[1],
            "  begins earlier on every day",
            "  ends later on some days, else the same",
            "  last renewal: later on some days, else the same",
            "  example: interview 2025-01-02, previous end 2024-01-01",
            "    old: 2025-01-02 to 2027-01-02, renewable until 2028-01-02",
            "    new: 2024-01-02 to 2027-01-31, renewable until 2028-01-31",
            "Interview later than the end of the month 1 year after the previous end:",
            f"  old: late return, {to_the_day}",
            f"  new: late return, {monthly}",
            *shifted,
            "  example: interview 2024-01-01, previous end 2022-12-31",
            "    old: 2024-01-01 to 2026-01-01, renewable until 2027-01-01",
            "    new: 2024-01-01 to 2026-01-31, renewable until 2027-01-31",
        )

    def test_equal_days_take_one_line(self) -> None:
        """
        Two versions with the same days need no list of situations.
        """
        assert shipped("bronze", "2019-11", "2019-11") == (
            "The days of a label: the same in every situation.",
        )

    def test_losses_come_first_with_an_example(self) -> None:
        """
        A new window of two years has an example of a loss and one of a gain. No label begins
        later: on 1 February a late return after 31 January begins as a renewal does.
        """
        old = ValidityRules(FirstAward(2, "end_of_month"), renewal=Renewal(3, "end_of_month", 0))
        new = ValidityRules(FirstAward(2, "end_of_month"), renewal=Renewal(3, "same_day", 2))

        text = lines(compare_validity(old, new))

        assert text[:2] == (
            "The days of a label: other dates in 5 of 5 situations.",
            "Some interviews get an earlier end, or an earlier last day to renew or none.",
        )
        start = text.index(
            "Interview later than the end of the month of the previous end, up to 2 years after it:"
        )
        assert text[start + 1 : start + 12] == (
            (
                "  old: late return, 2 years from the interview to the end of the month,"
                " renewable until it ends"
            ),
            "  new: renewal, 3 years from the previous end to the day, renewable 2 years longer",
            "  begins earlier on some days, else the same",
            "  ends earlier or later on some days, else the same",
            "  last renewal: later on every day",
            "  example: interview 2024-02-01, previous end 2024-01-01",
            "    old: 2024-02-01 to 2026-02-28, renewable until 2026-02-28",
            "    new: 2024-01-02 to 2027-01-01, renewable until 2029-01-01",
            "  example of a loss: interview 2025-01-01, previous end 2024-01-01",
            "    old: 2025-01-01 to 2027-01-31, renewable until 2027-01-31",
            "    new: 2024-01-02 to 2027-01-01, renewable until 2029-01-01",
        )

    def test_window_to_the_end_of_the_month(self) -> None:
        """
        A window can change without the label, be empty, and last to the end of the month.
        """
        old = ValidityRules(FirstAward(1, "same_day"), renewal=Renewal(1, "end_of_month", 0))
        new = ValidityRules(FirstAward(1, "same_day"), renewal=Renewal(1, "end_of_month", 1))

        text = lines(compare_validity(old, new))

        assert text[2:5] == (
            "No label held before:",
            (
                "  old: first award, 1 year from the interview to the day,"
                " renewable to the end of that month"
            ),
            (
                "  new: first award, 1 year from the interview to the day,"
                " renewable 1 year longer to the end of"
            ),
        )
        assert text[5] == "      the month"
        assert "Interview later than the previous end, up to the end of that month:" in text

    def test_rules_that_differ_only_in_february(self) -> None:
        """
        A year to the day and another to the end of the month, or in the other order, differ
        only if one of the two Februaries has 29 days.
        """
        text = lines(compare_validity(*MEETING_IN_FEBRUARY))

        assert text[2:6] == (
            "Some interviews no longer follow the previous label without a break.",
            "No label held before:",
            (
                "  old: first award, 1 year from the interview to the day,"
                " renewable 1 year longer to the end of"
            ),
            "      the month",
        )
        assert (
            "  last renewal: earlier only if counted from a day of February,"
            " and not in every year" in text
        )

    def test_rules_without_renewals(self) -> None:
        """
        If no history matters, the text says why there is only one case.
        """
        monthly = ValidityRules(FirstAward(2, "end_of_month"))

        assert lines(compare_validity(monthly, TO_THE_DAY)) == (
            "The days of a label: other dates in 1 of 1 situation.",
            "Some interviews get an earlier end, or an earlier last day to renew or none.",
            "Any history (neither has a rule for renewals):",
            "  old: first award, 2 years from the interview to the end of the month, not renewable",
            "  new: first award, 2 years from the interview to the day, not renewable",
            "  ends earlier unless counted from the last of a month (end of February: by the year)",
            "  example: interview 2024-01-01",
            "    old: 2024-01-01 to 2026-01-31, not renewable",
            "    new: 2024-01-01 to 2026-01-01, not renewable",
        )

    def test_situation_without_a_difference_is_named(self) -> None:
        """
        Renewals can differ while first awards do not.
        """
        old = ValidityRules(FirstAward(2, "same_day"), renewal=Renewal(2, "same_day", 1))
        new = ValidityRules(FirstAward(2, "same_day"), renewal=Renewal(3, "same_day", 1))

        text = lines(compare_validity(old, new))

        assert text[:4] == (
            "The days of a label: other dates in 2 of 4 situations.",
            "No interview gets an earlier end or an earlier last day to renew.",
            "No label held before:",
            "  the same dates",
        )
        assert text[-2:] == (
            "Interview later than 1 year after the previous end:",
            "  the same dates",
        )
        assert lines(compare_validity(MONTHLY, TO_THE_DAY))[2] == (
            "Some interviews no longer follow the previous label without a break."
        )
