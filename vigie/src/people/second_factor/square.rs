//! The square that an app photographs, as the path of a drawing.

use kit::error::Error;
use qrcode::{Color, EcLevel, QrCode};

/// A drawing: its side in modules, quiet zone included, and its dark modules as an SVG path.
#[derive(Clone, Debug)]
pub struct Square {
    /// Modules from edge to edge.
    pub side: usize,
    /// `d` of one path that fills every dark module.
    pub path: String,
}

/// The light rim that readers need.
const QUIET: usize = 4;

/// Draws a text.
///
/// # Errors
/// `Bug` when the text is too long for any square.
pub fn draw(text: &str) -> Result<Square, Error> {
    use std::fmt::Write;
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(Error::bug)?;
    let width = code.width();
    let mut path = String::with_capacity(8 * 1024);
    for (n, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            let (x, y) = (n % width + QUIET, n / width + QUIET);
            // Writing to a String cannot fail.
            let _ = write!(path, "M{x} {y}h1v1h-1z");
        }
    }
    Ok(Square {
        side: width + 2 * QUIET,
        path,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_has_its_three_corners_and_its_rim() {
        let square =
            draw("otpauth://totp/a:b?secret=GEZDGNBVGY3TQOJQ").unwrap_or_else(|e| panic!("{e}"));
        assert!((29..60).contains(&square.side));
        let last = square.side - QUIET - 1;
        for corner in [
            format!("M{QUIET} {QUIET}h"),
            format!("M{last} {QUIET}h"),
            format!("M{QUIET} {last}h"),
        ] {
            assert!(square.path.contains(&corner), "{corner}");
        }
        assert!(!square.path.contains("M0 "), "the rim is light");
        assert!(draw(&"x".repeat(10_000)).is_err());
    }
}
