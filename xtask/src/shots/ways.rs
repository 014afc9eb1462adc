//! Which of the eight ways to look at a page its pictures are taken in.

use super::{LANGUAGES, SIZES};
use crate::browser::view::Theme;

/// Whether a page is looked at like this without `--every`: four of the eight ways, so chosen that each theme is seen in
/// each width and each language, and each width in each language. Pages take the one four and the other by turns.
pub fn is_of_the_four(nth: usize, language: &str, theme: Theme, size_name: &str) -> bool {
    let odd = [
        nth % 2 == 1,
        language == LANGUAGES[1],
        theme == Theme::Dark,
        size_name == SIZES[1].0,
    ];
    odd.iter().filter(|it| **it).count() % 2 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_ways_to_look_hold_every_pair() {
        for nth in 0..2 {
            let mut taken = Vec::new();
            for language in LANGUAGES {
                for theme in [Theme::Light, Theme::Dark] {
                    for (size, _) in SIZES {
                        if is_of_the_four(nth, language, theme, size) {
                            taken.push((language, theme.name(), size));
                        }
                    }
                }
            }
            assert_eq!(taken.len(), 4, "{taken:?}");
            let pairs = |of: &dyn Fn(&(&str, &str, &str)) -> String| {
                let mut pairs: Vec<String> = taken.iter().map(of).collect();
                pairs.sort();
                pairs.dedup();
                pairs.len()
            };
            assert_eq!(pairs(&|it| format!("{} {}", it.0, it.1)), 4);
            assert_eq!(pairs(&|it| format!("{} {}", it.0, it.2)), 4);
            assert_eq!(pairs(&|it| format!("{} {}", it.1, it.2)), 4);
        }
    }
}
