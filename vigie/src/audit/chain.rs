//! How each entry is tied to the one before: its link is a digest of that one's link and of all that
//! it says itself, so that nobody changes, drops or inserts one unseen. What an entry tells is in the
//! link by its own digest: it can be taken out for somebody's privacy, and the chain still holds.

use kit::authz::Way;
use kit::clock::Moment;
use kit::db::Answers;
use kit::error::Error;
use kit::record;

use super::{Deed, store};

record! {
    /// An entry as it stands in the database.
    #[derive(Clone, Debug)]
    pub struct Row {
        /// Its number; there is no gap between them.
        pub id: i64,
        /// When.
        pub at: Moment,
        /// Who did it.
        pub actor_id: Option<i64>,
        /// How they came.
        pub way: Way,
        /// What.
        pub deed: Deed,
        /// Whom it is about.
        pub person_id: Option<i64>,
        /// Which department it is about.
        pub department_id: Option<i64>,
        /// What it tells, as [`super::Detail`] reads it; empty once it was taken out.
        pub detail: String,
        /// Digest of what it told.
        pub detail_digest: String,
        /// Ties it to the entry before.
        pub link: String,
    }
}

/// How the journal stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Every entry is as it was written.
    Whole {
        /// How many there are.
        entries: i64,
        /// The link of the newest: whoever noted it elsewhere can compare.
        link: String,
    },
    /// Something was changed outside of this program.
    Broken {
        /// The first entry that does not fit.
        at: i64,
    },
}

/// Digest of what an entry tells.
pub(super) fn digest(detail: &str) -> String {
    blake3::hash(detail.as_bytes()).to_hex().to_string()
}

/// The link of an entry after one with the link `before`.
pub(super) fn link(before: &str, row: &Row) -> String {
    let number = |id: Option<i64>| id.map_or(String::new(), |id| id.to_string());
    let mut hasher = blake3::Hasher::new();
    for part in [
        before,
        &row.id.to_string(),
        &row.at.0.to_string(),
        &number(row.actor_id),
        row.way.word(),
        row.deed.word(),
        &number(row.person_id),
        &number(row.department_id),
        &row.detail_digest,
    ] {
        // With its length before it, so that no two entries give the same bytes.
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}

/// Entries looked at in one query.
const AT_ONCE: i64 = 1_000;

/// Walks the whole journal and says whether each entry is as it was written.
pub async fn standing(ask: &mut dyn Answers) -> Result<Standing, Error> {
    let (mut last, mut before) = (0, String::new());
    loop {
        let rows = store::after(ask, last, AT_ONCE).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            let tells = row.detail.is_empty() || digest(&row.detail) == row.detail_digest;
            if row.id != last + 1 || !tells || row.link != link(&before, &row) {
                return Ok(Standing::Broken { at: last + 1 });
            }
            (last, before) = (row.id, row.link);
        }
    }
    // Read after the entries: what was noted meanwhile is no damage, what is missing at the end is.
    let head = store::head(ask).await?;
    if head.number < last || (head.number == last && head.link != before) {
        return Ok(Standing::Broken { at: last });
    }
    if head.number > last && store::after(ask, last, 1).await?.is_empty() {
        return Ok(Standing::Broken { at: last + 1 });
    }
    Ok(Standing::Whole {
        entries: last,
        link: before,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> Row {
        Row {
            id: 7,
            at: Moment(1_000),
            actor_id: Some(3),
            way: Way::Web,
            deed: Deed::MemberAdded,
            person_id: Some(12),
            department_id: None,
            detail: "{}".to_owned(),
            detail_digest: digest("{}"),
            link: String::new(),
        }
    }

    #[test]
    fn every_part_of_an_entry_is_in_its_link() {
        let whole = link("a", &row());
        let others = [
            link("b", &row()),
            link("a", &Row { id: 8, ..row() }),
            link(
                "a",
                &Row {
                    at: Moment(1_001),
                    ..row()
                },
            ),
            link(
                "a",
                &Row {
                    actor_id: None,
                    ..row()
                },
            ),
            link(
                "a",
                &Row {
                    way: Way::Api,
                    ..row()
                },
            ),
            link(
                "a",
                &Row {
                    deed: Deed::MemberRemoved,
                    ..row()
                },
            ),
            link(
                "a",
                &Row {
                    person_id: Some(1),
                    ..row()
                },
            ),
            // The same figures at another place.
            link(
                "a",
                &Row {
                    person_id: None,
                    department_id: Some(12),
                    ..row()
                },
            ),
            link(
                "a",
                &Row {
                    detail_digest: digest("{ }"),
                    ..row()
                },
            ),
        ];
        for other in &others {
            assert_ne!(*other, whole);
        }
    }

    #[test]
    fn what_an_entry_tells_is_in_the_link_by_its_digest_alone() {
        let emptied = Row {
            detail: String::new(),
            ..row()
        };
        assert_eq!(link("a", &row()), link("a", &emptied));
    }
}
