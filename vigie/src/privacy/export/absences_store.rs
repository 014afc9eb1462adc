//! The SQL of when somebody was last there and away.

use kit::global;

use super::store::{Part, part};
use crate::people::PersonId;

/// A row for each moment that is kept: what, and when.
pub(super) fn absences(id: PersonId) -> Part {
    part(
        "absences",
        ["what", "", "", ""],
        "at",
        global!(
            "SELECT x.a, CAST(NULL AS TEXT) AS b, CAST(NULL AS TEXT) AS c, CAST(NULL AS BIGINT) AS n, CAST(NULL AS BIGINT) AS ticket, x.at FROM \
             (SELECT 'last_there' AS a, 1 AS place, f.there_at AS at FROM absences f WHERE f.person_id = $1 \
             UNION ALL SELECT 'away_since', 2, g.away_since FROM absences g WHERE g.person_id = $1 \
             UNION ALL SELECT 'away_until', 3, h.away_until FROM absences h WHERE h.person_id = $1 \
             UNION ALL SELECT 'looked_at_what_happened', 4, i.looked_at FROM absences i WHERE i.person_id = $1 \
             UNION ALL SELECT 'put_that_away', 5, j.dismissed_at FROM absences j WHERE j.person_id = $1) x WHERE x.at IS NOT NULL ORDER BY x.place",
            id
        ),
    )
}
