//! Writes every sample page beside the static files, to look at.
use words::language::Language;
fn main() -> std::io::Result<()> {
    let out = std::path::PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "out".into()));
    for asset in pages::assets::ASSETS {
        let path = out.join(pages::assets::asset(asset.name).trim_start_matches('/'));
        std::fs::create_dir_all(path.parent().unwrap_or(&out))?;
        std::fs::write(path, asset.bytes)?;
    }
    for language in Language::ALL {
        let mut all = pages::portal::sample::all(language);
        all.extend(pages::admin::sample::all(language));
        for (name, html) in all {
            for theme in ["light", "dark"] {
                let html = html
                    .as_ref()
                    .map(String::as_str)
                    .unwrap_or("")
                    .replace("§ ", "")
                    .replace("data-theme=\"auto\"", &format!("data-theme=\"{theme}\""))
                    .replace("\"/static/", "\"static/");
                std::fs::write(
                    out.join(format!("{name}-{}-{theme}.html", language.code())),
                    html,
                )?;
            }
        }
    }
    Ok(())
}
