//! The notice that somebody's rights changed, on every page of theirs until they say that they know.

/// What became of the reader's rights: before and after, where they differ.
#[derive(Clone, Debug)]
pub struct NewRights {
    /// Their role.
    pub role: Option<(String, String)>,
    /// How far they see.
    pub scope: Option<(String, String)>,
    /// What they may do now, and could not.
    pub gained: Vec<String>,
    /// What they could do, and may not now.
    pub lost: Vec<String>,
    /// Which saying this is.
    pub version: i64,
}

impl NewRights {
    /// An agent who became an administrator.
    #[must_use]
    pub fn sample() -> NewRights {
        NewRights {
            role: Some(("§ Agent".to_owned(), "§ Administrateur".to_owned())),
            scope: Some(("§ Groupe".to_owned(), "§ Tout".to_owned())),
            gained: vec![
                "§ gérer les personnes".to_owned(),
                "§ lire le journal".to_owned(),
            ],
            lost: vec!["§ exporter".to_owned()],
            version: 2,
        }
    }
}
