//! Patterns of LIKE that stand for a text whatever it holds. The statement says `ESCAPE '!'`.

/// What holds the text somewhere.
#[must_use]
pub fn holding(text: &str) -> String {
    format!("%{}%", escaped(text))
}

/// What begins with the text.
#[must_use]
pub fn beginning(text: &str) -> String {
    format!("{}%", escaped(text))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if matches!(c, '%' | '_' | '!') {
            out.push('!');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_a_pattern_stands_for_itself() {
        assert_eq!(holding("50%_off!"), "%50!%!_off!!%");
        assert_eq!(beginning("a_b"), "a!_b%");
        assert_eq!(holding(""), "%%");
    }
}
