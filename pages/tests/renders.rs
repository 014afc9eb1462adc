//! Every template, every sample, both languages.

use askama::Template;
use words::language::Language;

#[test]
fn every_page_renders_in_both_languages() {
    for language in Language::ALL {
        let html = pages::errors::RefusalPage::sample(language)
            .render()
            .expect("renders");
        println!("{html}");
    }
}
