//! What the register of assets says of somebody who is erased, on what they have or had: their name in a note, in what it is
//! called, and in its history.

use kit::authz::{Actor, May};
use kit::db::{Ask, Tx};
use kit::error::Error;
use kit::{acting, record, scoped};

use crate::assets::AssetId;
use crate::folding;
use crate::people::PersonId;
use crate::people::admin::{Change, PersonAdmin};
use crate::privacy::redaction::Passage;

record! { struct Said { id: AssetId, name: String, note: String, words: String } }
record! { struct Told { id: i64, old_value: Option<String>, new_value: Option<String> } }

/// A text with the name in place of each passage; none when it holds none of them.
fn without(text: &str, who: &[Passage], name: &str) -> Option<String> {
    let mut left: Option<String> = None;
    for passage in who {
        let taken = passage.taken_out(left.as_deref().unwrap_or(text), name);
        left = taken.or(left);
    }
    left
}

/// Puts a name in place of theirs wherever the register says it of what they have or had.
pub(super) async fn replace(
    tx: &mut Tx,
    actor: &Actor,
    may: &May<Change, PersonAdmin>,
    who: &[Passage],
    name: &str,
) -> Result<(), Error> {
    let theirs: Vec<Said> = tx
        .all(scoped!(
            actor,
            "SELECT a.id, a.name, a.note, a.words FROM assets a WHERE (a.holder_id = $1 OR a.id IN \
             (SELECT e.asset_id FROM asset_events e WHERE (e.old_holder_id = $1 OR e.new_holder_id = $1) AND {visible:asset_events e})) \
             AND {visible:assets a} ORDER BY a.id",
            PersonId(may.id.0)
        ))
        .await?;
    for asset in theirs {
        let (called, note) = (
            without(&asset.name, who, name),
            without(&asset.note, who, name),
        );
        if called.is_some() || note.is_some() {
            // What it is found by holds what it is called, folded.
            let fold = |text: &str| folding::words(text).collect::<Vec<_>>().join(" ");
            let words = match &called {
                Some(called) => asset.words.replace(&fold(&asset.name), &fold(called)),
                None => asset.words,
            };
            tx.run(acting!(
                may,
                "UPDATE assets SET name = $2, note = $3, words = $4, version = version + 1 WHERE id = $1",
                asset.id,
                called.unwrap_or(asset.name),
                note.unwrap_or(asset.note),
                words
            ))
            .await?;
        }
        let told: Vec<Told> = tx
            .all(scoped!(
                actor,
                "SELECT e.id, e.old_value, e.new_value FROM asset_events e WHERE e.asset_id = $1 AND {visible:asset_events e} ORDER BY e.id",
                asset.id
            ))
            .await?;
        for line in told {
            let of = |text: &Option<String>| text.as_deref().and_then(|it| without(it, who, name));
            let (old, new) = (of(&line.old_value), of(&line.new_value));
            if old.is_some() || new.is_some() {
                tx.run(acting!(
                    may,
                    "UPDATE asset_events SET old_value = $2, new_value = $3 WHERE id = $1",
                    line.id,
                    old.or(line.old_value),
                    new.or(line.new_value)
                ))
                .await?;
            }
        }
    }
    Ok(())
}
