//! `vigie routes`: the one list of addresses, as text.

use std::fmt::Write;

/// One line for each address: method, path, who may come.
pub fn text() -> String {
    let mut out = String::new();
    for route in crate::routes::all() {
        let _ = writeln!(
            out,
            "{:<6} {:<50} {:?}",
            route.method.as_str(),
            route.path,
            route.audience
        );
    }
    out
}

/// Runs the command.
pub fn print() {
    print!("{}", text());
}
