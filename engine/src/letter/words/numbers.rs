//! Numbers and amounts of money.

use rust_decimal::Decimal;

use crate::text::Language;

/// A blank that does not break a line.
const HARD_BLANK: char = '\u{a0}';
/// A narrow one.
const NARROW_BLANK: char = '\u{202f}';

/// What stands between thousands, and before the decimals.
const fn separators(language: Language) -> (char, char) {
    match language {
        Language::En => (',', '.'),
        Language::Da | Language::De | Language::Nl => ('.', ','),
        Language::Fr => (NARROW_BLANK, ','),
        Language::Fi | Language::Sv => (HARD_BLANK, ','),
    }
}

/// A number as it is, with its thousands apart: "1,250.5".
#[must_use]
pub fn number(language: Language, amount: Decimal) -> String {
    grouped(language, &amount.normalize().to_string())
}

/// An amount in a currency (ISO 4217 code): "€1,250.50", "€ 1.250,50". Decimals that the
/// currency does not have are kept where they are not zero.
#[must_use]
pub fn money(language: Language, amount: Decimal, currency: &str) -> String {
    let places = decimals(currency);
    let mut exact = amount.abs().normalize();
    if exact.scale() < places {
        exact.rescale(places);
    }
    let digits = grouped(language, &exact.to_string());
    let sign = if amount.is_sign_negative() && !amount.is_zero() { "-" } else { "" };
    let symbol = symbol(language, currency);
    match language {
        Language::En if symbol == currency => format!("{sign}{symbol}{HARD_BLANK}{digits}"),
        Language::En => format!("{sign}{symbol}{digits}"),
        Language::Nl => format!("{symbol}{HARD_BLANK}{sign}{digits}"),
        _ => format!("{sign}{digits}{HARD_BLANK}{symbol}"),
    }
}

/// The digits after the point that a currency has.
fn decimals(currency: &str) -> u32 {
    match currency {
        "CLP" | "ISK" | "JPY" | "KRW" | "VND" => 0,
        "BHD" | "JOD" | "KWD" | "OMR" | "TND" => 3,
        _ => 2,
    }
}

fn symbol(language: Language, currency: &str) -> &str {
    match (currency, language) {
        ("EUR", _) => "€",
        ("GBP", _) => "£",
        ("USD", Language::En) => "US$",
        ("USD", _) => "$",
        ("DKK", Language::Da) => "kr.",
        ("SEK", Language::Sv) => "kr",
        _ => currency,
    }
}

fn grouped(language: Language, plain: &str) -> String {
    let (thousands, point) = separators(language);
    let (sign, plain) = plain.strip_prefix('-').map_or(("", plain), |rest| ("-", rest));
    let (whole, rest) = plain.split_once('.').map_or((plain, None), |(a, b)| (a, Some(b)));
    let mut text = sign.to_owned();
    let n_digits = whole.chars().count();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (n_digits - place).is_multiple_of(3) {
            text.push(thousands);
        }
        text.push(digit);
    }
    if let Some(rest) = rest {
        text.push(point);
        text.push_str(rest);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(language: Language, amount: &str, currency: &str, expected: &str) {
        assert_eq!(money(language, amount.parse().unwrap(), currency), expected);
    }

    #[test]
    fn an_amount_reads_as_its_language_writes_it() {
        check(Language::En, "80", "EUR", "€80.00");
        check(Language::En, "1234567.5", "GBP", "£1,234,567.50");
        check(Language::En, "-3", "DKK", "-DKK\u{a0}3.00");
        check(Language::Nl, "1250.5", "EUR", "€\u{a0}1.250,50");
        check(Language::De, "999", "EUR", "999,00\u{a0}€");
        check(Language::Fr, "1000", "EUR", "1\u{202f}000,00\u{a0}€");
        check(Language::Da, "1000", "DKK", "1.000,00\u{a0}kr.");
        check(Language::Sv, "1000", "SEK", "1\u{a0}000,00\u{a0}kr");
        check(Language::Fi, "0", "EUR", "0,00\u{a0}€");
        check(Language::En, "1000", "JPY", "JPY\u{a0}1,000");
        check(Language::En, "0.005", "EUR", "€0.005");
    }

    #[test]
    fn a_number_keeps_its_digits() {
        assert_eq!(number(Language::Nl, "1250.50".parse().unwrap()), "1.250,5");
        assert_eq!(number(Language::En, "-100".parse().unwrap()), "-100");
    }
}
