//! Writes every sample page and the static files into a folder, to be looked at: `cargo run -p pages --example samples
//! -- <folder>`, then serve the folder (icons need an address, not a file).

use pages::assets::{ASSETS, asset};
use std::path::Path;
use words::language::Language;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args()
        .nth(1)
        .ok_or("which folder? cargo run -p pages --example samples -- <folder>")?;
    let folder = Path::new(&folder);
    for one in ASSETS {
        let path = folder.join(asset(one.name).trim_start_matches('/'));
        std::fs::create_dir_all(path.parent().unwrap_or(folder))?;
        std::fs::write(path, one.bytes)?;
    }
    for language in Language::ALL {
        let place = folder.join(language.code());
        std::fs::create_dir_all(&place)?;
        for (name, html) in pages::samples::all(language) {
            std::fs::write(place.join(format!("{name}.html")), html?)?;
        }
    }
    println!("{}", folder.display());
    Ok(())
}
