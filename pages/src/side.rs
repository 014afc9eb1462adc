//! Saved views in the sidebar.

/// A saved view in the sidebar.
#[derive(Clone, Debug)]
pub struct SideView {
    /// Its name, as it was typed.
    pub name: String,
    /// Address of its list.
    pub href: String,
    /// How many tickets the reader sees in it; `None` when that was not counted.
    pub count: Option<String>,
    /// Others see it, too.
    pub is_shared: bool,
    /// The page shows it.
    pub is_current: bool,
}

impl SideView {
    /// One of the reader's own and one that others see, too.
    #[must_use]
    pub fn samples() -> Vec<SideView> {
        let one = |name: &str, id: i64| SideView {
            name: name.to_owned(),
            href: format!("/tickets?view={id}"),
            count: Some("11".to_owned()),
            is_shared: id > 11,
            is_current: false,
        };
        vec![one("§ Direction", 11), one("§ Réseau, Nantes", 12)]
    }
}
