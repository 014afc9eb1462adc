//! Codes of half a minute (RFC 6238, as every authenticator app computes them): pure.

use data_encoding::BASE32_NOPAD;
use kit::clock::Moment;
use ring::hmac;

/// Bytes of a seed, as RFC 4226 recommends for SHA-1.
pub const SEED: usize = 20;
/// Digits of a code.
pub const DIGITS: usize = 6;
/// Seconds a code is shown.
pub const PERIOD: i64 = 30;

/// The code that an app shows during a step.
pub fn code(seed: &[u8], step: i64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, seed);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let bytes = tag.as_ref();
    let at = usize::from(bytes[bytes.len() - 1] & 0x0f);
    let number = bytes[at..at + 4]
        .iter()
        .fold(0u32, |n, byte| (n << 8) | u32::from(*byte));
    format!("{:06}", (number & 0x7fff_ffff) % 1_000_000)
}

/// The step of a moment.
pub fn step(now: Moment) -> i64 {
    now.0.div_euclid(PERIOD * 1_000_000)
}

/// The step whose code was typed: the present one, or one off, because clocks differ and people type
/// slowly. All three are compared, whichever fits.
pub fn step_of(seed: &[u8], typed: &str, now: Moment) -> Option<i64> {
    let present = step(now);
    let mut found = None;
    for step in [present - 1, present + 1, present] {
        if is_same(&code(seed, step), typed) {
            found = Some(step);
        }
    }
    found
}

/// Compares without stopping at the first difference.
fn is_same(a: &str, b: &str) -> bool {
    a.len() == b.len()
        && a.bytes()
            .zip(b.bytes())
            .fold(0, |seen, (a, b)| seen | (a ^ b))
            == 0
}

/// The seed as people type it: base 32 in groups of four.
pub fn in_groups(seed: &[u8]) -> String {
    let text = BASE32_NOPAD.encode(seed);
    let groups: Vec<String> = text
        .as_bytes()
        .chunks(4)
        .map(|group| String::from_utf8_lossy(group).into_owned())
        .collect();
    groups.join(" ")
}

/// The address an app reads from the square.
pub fn uri(issuer: &str, account: &str, seed: &[u8]) -> String {
    let (issuer, account) = (escaped(issuer), escaped(account));
    let secret = BASE32_NOPAD.encode(seed);
    format!(
        "otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits={DIGITS}&period={PERIOD}"
    )
}

fn escaped(text: &str) -> String {
    // Apps read `+` as a plus.
    let escaped: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
    escaped.replace('+', "%20")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, SHA-1, the last six of eight digits.
        let seed = b"12345678901234567890";
        for (seconds, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let now = Moment(seconds * 1_000_000);
            assert_eq!(code(seed, step(now)), expected, "{seconds}");
        }
    }

    #[test]
    fn a_clock_may_be_one_step_off_and_no_more() {
        let seed = b"12345678901234567890";
        let now = Moment(1_234_567_890_000_000);
        for off in -3..=3 {
            let typed = code(seed, step(now) + off);
            let fits = step_of(seed, &typed, now);
            let expected = (-1..=1).contains(&off).then_some(step(now) + off);
            assert_eq!(fits, expected, "{off}");
        }
        for typed in ["", "28708", "2870822", "abcdef"] {
            assert_eq!(step_of(seed, typed, now), None);
        }
    }

    #[test]
    fn an_address_names_the_desk_and_the_account() {
        assert_eq!(
            uri(
                "Groupe Nordet & Cie",
                "a+b@c.example",
                b"12345678901234567890"
            ),
            "otpauth://totp/Groupe%20Nordet%20%26%20Cie:a%2Bb%40c.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=Groupe%20Nordet%20%26%20Cie&algorithm=SHA1&digits=6&period=30"
        );
        assert_eq!(in_groups(b"1234567890"), "GEZD GNBV GY3T QOJQ");
    }
}
