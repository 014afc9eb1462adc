//! The SQL of what lets somebody in and how they like things: gone with who they were, however that ends.

use kit::acting;
use kit::authz::May;
use kit::db::Tx;
use kit::error::Error;

use crate::people::admin::{Change, PersonAdmin};

/// Ends all that lets somebody in, also others with their eyes, how they set the desk up for themselves, and the words by which they are found.
pub(super) async fn end(tx: &mut Tx, may: &May<Change, PersonAdmin>) -> Result<(), Error> {
    let id = may.id;
    for query in [
        acting!(
            may,
            "UPDATE sessions SET eyes_id = NULL, eyes_until = NULL WHERE eyes_id = $1",
            id
        ),
        acting!(may, "DELETE FROM sessions WHERE person_id = $1", id),
        acting!(may, "DELETE FROM one_time_links WHERE person_id = $1", id),
        acting!(may, "DELETE FROM api_tokens WHERE person_id = $1", id),
        acting!(may, "DELETE FROM idempotency_keys WHERE person_id = $1", id),
        acting!(may, "DELETE FROM passkeys WHERE person_id = $1", id),
        acting!(
            may,
            "DELETE FROM passkey_challenges WHERE person_id = $1",
            id
        ),
        acting!(may, "DELETE FROM recovery_codes WHERE person_id = $1", id),
        acting!(may, "DELETE FROM second_factors WHERE person_id = $1", id),
        acting!(may, "DELETE FROM sign_in_halves WHERE person_id = $1", id),
        acting!(may, "DELETE FROM mailed_codes WHERE person_id = $1", id),
        acting!(may, "DELETE FROM key_maps WHERE person_id = $1", id),
        acting!(may, "DELETE FROM list_settings WHERE person_id = $1", id),
        acting!(may, "DELETE FROM reading_floors WHERE person_id = $1", id),
        acting!(may, "DELETE FROM absences WHERE person_id = $1", id),
        acting!(may, "DELETE FROM category_members WHERE person_id = $1", id),
        acting!(may, "DELETE FROM rights_notices WHERE person_id = $1", id),
        acting!(may, "DELETE FROM person_words WHERE person_id = $1", id),
    ] {
        tx.run(query).await?;
    }
    Ok(())
}
