use crate::time::*;
use proptest::prelude::*;

#[track_caller]
fn check(text: &str, expected: &str) {
    let shown = match parse_allowance(text) {
        Ok(allowance) => allowance.to_string(),
        Err(fault) => format!("{fault}; {}", fault.help()),
    };
    assert_eq!(shown, expected);
}

#[test]
fn terms_are_read_and_shown_in_the_words_of_the_language() {
    check("10 working days", "10 working days");
    check("1 working day", "1 working day");
    check("  8   weeks ", "8 weeks");
    check("1 weeks", "1 week");
    check("promptly", "promptly");
    check("min(8 weeks, 40 working days)", "min(8 weeks, 40 working days)");
    check("max (1 month,30 calendar days)", "max(1 month, 30 calendar days)");
    for unit in Unit::ALL {
        check(&format!("1 {}", unit.singular()), &format!("1 {}", unit.singular()));
        check(&format!("2 {}", unit.plural()), &format!("2 {}", unit.plural()));
    }
}

#[test]
fn bare_days_are_refused_with_both_meanings() {
    let expected = |amount| {
        format!(
            "`days` does not say whether working days or calendar days are meant; \
             write `{amount} working days` or `{amount} calendar days`"
        )
    };
    check("5 days", &expected(5));
    check("5d", &expected(5));
    check("min(8 weeks, 5 days)", &expected(5));
}

#[test]
fn other_units_are_refused_with_the_word_that_is_meant() {
    check("36h", "`h` is no unit of time; write `36 hours`");
    check("36hours", "`hours` is no unit of time; write `36 hours`");
    check("3 business days", "`business days` is no unit of time; write `3 working days`");
    check("3 wroking days", "`wroking days` is no unit of time; write `3 working days`");
    check("3 Weeks", "`Weeks` is no unit of time; write `3 weeks`");
    check("P8W", "terms are written in words; write `8 weeks`");
    check("PT36H", "terms are written in words; write `36 hours`");
    check(
        "P1DT2H",
        "terms are written in words; write a number and a unit, such as `10 working days`",
    );
}

#[test]
fn other_numbers_are_refused() {
    let not_whole = "use a smaller unit, such as `90 minutes` for an hour and a half";
    check("1.5 hours", &format!("`1.5` is not a whole number; {not_whole}"));
    check("1,5 days", &format!("`1,5` is not a whole number; {not_whole}"));
    check("1½ hours", &format!("`1½` is not a whole number; {not_whole}"));
    check("½ hour", &format!("`½` is not a whole number; {not_whole}"));
    check(
        "0 weeks",
        "a term of 0 ends before it begins; the shortest term is 1; \
         write `promptly` for a duty without a term",
    );
    check(
        "-3 weeks",
        "a term cannot be negative; \
         count forwards from the start, or use a warning: `2 working days before`",
    );
    check("101 years", "the term is longer than 100 years; write at most `100 years`");
    check(
        "99999999999999999999999 weeks",
        "the term is longer than 5218 weeks; write at most `5218 weeks`",
    );
}

#[test]
fn what_is_no_term_at_all_is_refused_with_an_example() {
    let example = "write a number and a unit, such as `10 working days`";
    check("", &format!("the term is empty; {example}"));
    check("soon", &format!("`soon` is not a term; {example}"));
    check("ten working days", &format!("`ten working days` is not a term; {example}"));
    check(
        "min(8 weeks)",
        "`min` has one term to choose from; write `8 weeks` alone, or add a second term after a comma",
    );
    check(
        "min(8 weeks, max(1 month, 20 working days))",
        "inside `min(…)` stands something other than terms; list terms only, such as `min(8 weeks, \
         30 working days)`; `min` and `max` cannot stand inside each other",
    );
    check("min(8 weeks, 2 months", &format!("`min(8 weeks, 2 months` is not a term; {example}"));
    check("min()", &format!("the term is empty; {example}"));
    check(
        "1 week 2 working days",
        "a term has one number and one unit; choose one unit, or `min(…)` or `max(…)` of two terms",
    );
    let many = ["1 week"; 9].join(", ");
    check(&format!("min({many})"), "more than 8 terms are listed; list from 2 to 8 terms");
    let units = Unit::ALL.map(|unit| format!("`{}`", unit.plural())).join(", ");
    check("5", &format!("the unit is missing; units: {units}"));
}

proptest! {
    #[test]
    fn no_text_breaks_the_reader_and_every_fault_has_its_words(text in "\\PC{0,40}") {
        if let Err(fault) = parse_allowance(&text) {
            prop_assert!(!fault.to_string().is_empty());
            prop_assert!(!fault.help().is_empty());
        }
    }

    #[test]
    fn almost_terms_break_nothing(text in "(min|max|P|PT|-|½)?\\(?[0-9.,]{0,12} ?(day|h|W|working|weeks)? ?[a-z0-9,)]{0,9}") {
        let _ = parse_allowance(&text).map_err(|fault| (fault.to_string(), fault.help()));
    }

    #[test]
    fn what_is_shown_is_read_again(amount in 1_u32..=100, unit in prop::sample::select(&Unit::ALL[..])) {
        let term = Term { amount, unit };
        prop_assert_eq!(parse_term(&term.to_string()), Ok(term));
    }
}
