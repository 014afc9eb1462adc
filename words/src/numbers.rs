//! Numbers and sizes as each language writes them.

use crate::language::Language;

/// Narrow no-break space: French thousands, and before `;`, `!`, `?`, `%`.
pub const NARROW: char = '\u{202f}';
/// No-break space: between a number and its unit or its month.
pub const NO_BREAK: char = '\u{a0}';

/// A whole number with its thousands apart: `1 284` (narrow space) in French, `1,284` in English.
#[must_use]
pub fn grouped(language: Language, number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() * 2);
    if number < 0 {
        text.push('\u{2212}');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(match language {
                Language::French => NARROW,
                Language::English => ',',
            });
        }
        text.push(digit);
    }
    text
}

/// A size in bytes, decimal units as file managers show them: « 1,2 Mo », `1.2 MB`.
#[must_use]
pub fn size(language: Language, bytes: u64) -> String {
    let units = match language {
        Language::French => ["o", "ko", "Mo", "Go"],
        Language::English => ["B", "kB", "MB", "GB"],
    };
    let mut unit = 0;
    // In tenths of the unit, rounded half up; 999.95 kB is already 1.0 MB.
    let mut divisor: u64 = 1;
    while unit + 1 < units.len()
        && bytes.saturating_mul(10).saturating_add(divisor / 2) / divisor >= 10_000
    {
        divisor *= 1000;
        unit += 1;
    }
    let tenths = bytes.saturating_mul(10).saturating_add(divisor / 2) / divisor;
    let whole = grouped(language, i64::try_from(tenths / 10).unwrap_or(i64::MAX));
    let decimal = match language {
        Language::French => ',',
        Language::English => '.',
    };
    // One decimal below a hundred, none above: nobody reads « 412,3 Ko ».
    if unit == 0 || tenths.is_multiple_of(10) || tenths >= 1000 {
        format!("{whole}{NO_BREAK}{}", units[unit])
    } else {
        format!("{whole}{decimal}{}{NO_BREAK}{}", tenths % 10, units[unit])
    }
}

#[cfg(test)]
mod tests {
    use super::{grouped, size};
    use crate::language::Language::{English, French};

    #[test]
    fn thousands_are_set_apart_in_each_language() {
        for (number, french, english) in [
            (0, "0", "0"),
            (999, "999", "999"),
            (1284, "1\u{202f}284", "1,284"),
            (100_000, "100\u{202f}000", "100,000"),
            (1_234_567, "1\u{202f}234\u{202f}567", "1,234,567"),
            (-5000, "\u{2212}5\u{202f}000", "\u{2212}5,000"),
            (
                i64::MIN,
                "\u{2212}9\u{202f}223\u{202f}372\u{202f}036\u{202f}854\u{202f}775\u{202f}808",
                "\u{2212}9,223,372,036,854,775,808",
            ),
        ] {
            assert_eq!(grouped(French, number), french);
            assert_eq!(grouped(English, number), english);
        }
    }

    #[test]
    fn sizes_use_the_unit_a_person_expects() {
        for (bytes, french, english) in [
            (0, "0\u{a0}o", "0\u{a0}B"),
            (999, "999\u{a0}o", "999\u{a0}B"),
            (1_000, "1\u{a0}ko", "1\u{a0}kB"),
            (1_240, "1,2\u{a0}ko", "1.2\u{a0}kB"),
            (412_300, "412\u{a0}ko", "412\u{a0}kB"),
            (1_200_000, "1,2\u{a0}Mo", "1.2\u{a0}MB"),
            (999_960, "1\u{a0}Mo", "1\u{a0}MB"),
            (25_000_000, "25\u{a0}Mo", "25\u{a0}MB"),
            (3_400_000_000_000, "3\u{202f}400\u{a0}Go", "3,400\u{a0}GB"),
        ] {
            assert_eq!(size(French, bytes), french);
            assert_eq!(size(English, bytes), english);
        }
        assert!(size(French, u64::MAX).ends_with("Go"));
    }
}
