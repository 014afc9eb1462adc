//! The form token as pages carry it: another text on every page, so that a compressed page never
//! betrays it by its length, and always the same to us.

use kit::ids::Dice;
use kit::web::csrf;

/// The token for one page.
pub fn masked(secret: &str, dice: &Dice) -> String {
    let Ok(token) = data_encoding::HEXLOWER.decode(csrf::token(secret).as_bytes()) else {
        return String::new();
    };
    let mask: [u8; 20] = dice.bytes();
    let mixed: Vec<u8> = token.iter().zip(mask).map(|(t, m)| t ^ m).collect();
    format!(
        "{}{}",
        data_encoding::HEXLOWER.encode(&mask),
        data_encoding::HEXLOWER.encode(&mixed)
    )
}

/// Whether a form's token belongs to this session.
pub fn fits(secret: &str, given: &str) -> bool {
    let Ok(bytes) = data_encoding::HEXLOWER.decode(given.as_bytes()) else {
        return false;
    };
    let Some((mask, mixed)) = bytes.split_at_checked(20) else {
        return false;
    };
    let token: Vec<u8> = mixed.iter().zip(mask).map(|(t, m)| t ^ m).collect();
    mixed.len() == 20 && csrf::token_fits(secret, &data_encoding::HEXLOWER.encode(&token))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_fits_its_session_only_and_looks_different_on_every_page() {
        let dice = Dice::seeded(1);
        let (a, b) = (masked("ada", &dice), masked("ada", &dice));
        assert_ne!(a, b);
        assert!(fits("ada", &a) && fits("ada", &b));
        assert!(!fits("ben", &a));
        for wrong in ["", "zz", &a[..78], &format!("{a}00"), &csrf::token("ada")] {
            assert!(!fits("ada", wrong), "{wrong}");
        }
    }
}
