//! Readings of articles that are not counted yet. They are written together: anybody may read what is public, as fast as they
//! like, and a crowd that reads does not stand in the way of whoever writes.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use kit::db::Db;
use kit::error::Error;

use super::{ArticleId, store};

/// What waits to be counted, in memory.
#[derive(Clone, Debug, Default)]
pub struct Readings(Arc<Mutex<BTreeMap<ArticleId, i64>>>);

impl Readings {
    /// Adds one; whether it is the first that waits, so that somebody is to [`Readings::write`] them.
    #[must_use]
    pub fn add(&self, article: ArticleId) -> bool {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_first = waiting.is_empty();
        *waiting.entry(article).or_default() += 1;
        is_first
    }

    /// Counts what waits.
    ///
    /// # Errors
    /// Those of the store; what waited is not counted then.
    pub async fn write(&self, db: &Db) -> Result<(), Error> {
        let begun = db.write().await;
        // Taken when the turn to write has come, or never comes, so that the next one begins anew.
        let waiting = {
            let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::take(&mut *waiting)
        };
        let mut tx = begun?;
        for (article, n) in waiting {
            store::count_readings(&mut tx, article, n).await?;
        }
        tx.commit().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_comes_first_writes_for_those_after() {
        let readings = Readings::default();
        assert!(readings.add(ArticleId(1)));
        assert!(!readings.add(ArticleId(1)));
        assert!(!readings.add(ArticleId(2)));
    }
}
