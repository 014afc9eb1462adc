//! The SQL of what somebody wishes to be mailed of their departments, in the shape of the other parts.

use kit::global;

use super::store::{Part, part};
use crate::people::PersonId;

/// How much they hear of each department, and the report of it.
pub(super) fn wishes(id: PersonId) -> Vec<Part> {
    vec![
        part(
            "monitoring",
            ["department", "of_any_and_categories", "of_held", ""],
            "",
            global!(
                "SELECT d.name AS a, l.alert_any || ' ' || l.alert_category AS b, l.alert_held AS c, CAST(NULL AS BIGINT) AS n, CAST(NULL AS BIGINT) AS ticket, \
             CAST(NULL AS BIGINT) AS at FROM monitoring_levels l JOIN departments d ON d.id = l.department_id WHERE l.person_id = $1 ORDER BY d.name, d.id",
                id
            ),
        ),
        part(
            "monitoring_switch",
            ["monitoring", "", "", ""],
            "",
            global!(
                "SELECT CASE WHEN m.is_suspended THEN 'suspended' ELSE 'active' END AS a, CAST(NULL AS TEXT) AS b, CAST(NULL AS TEXT) AS c, \
             CAST(NULL AS BIGINT) AS n, CAST(NULL AS BIGINT) AS ticket, CAST(NULL AS BIGINT) AS at FROM monitoring m WHERE m.person_id = $1",
                id
            ),
        ),
        part(
            "daily_report",
            ["standing", "hours", "days_and_mails", ""],
            "",
            global!(
                "SELECT CASE WHEN r.is_on THEN 'on' ELSE 'off' END AS a, CAST(r.first_hour AS TEXT) || COALESCE(' ' || CAST(r.second_hour AS TEXT), '') AS b, \
             CASE WHEN r.at_weekends THEN 'every day' ELSE 'weekdays' END || CASE WHEN r.is_grouped THEN ', one mail' ELSE ', one for each department' END || \
             CASE WHEN r.even_empty THEN ', even when empty' ELSE '' END AS c, \
             CAST(NULL AS BIGINT) AS n, CAST(NULL AS BIGINT) AS ticket, r.told_until AS at FROM daily_reports r WHERE r.person_id = $1",
                id
            ),
        ),
        part(
            "daily_report_contents",
            ["department", "content", "", ""],
            "",
            global!(
                "SELECT d.name AS a, c.content AS b, CAST(NULL AS TEXT) AS c, CAST(NULL AS BIGINT) AS n, CAST(NULL AS BIGINT) AS ticket, \
             CAST(NULL AS BIGINT) AS at FROM daily_report_contents c JOIN departments d ON d.id = c.department_id WHERE c.person_id = $1 ORDER BY d.name, d.id",
                id
            ),
        ),
    ]
}
