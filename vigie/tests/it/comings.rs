//! The journal tells who came in, from where and by which way, and who tried and did not: together, so that
//! whoever tries a thousand names does not fill it.

use kit::clock::Span;
use kit::db::Ask;
use kit::{record, system};
use vigie::audit::chain::{self, Standing};
use vigie::people::access::{self, entering};

use crate::desk::{Desk, PASSWORD};

record! { struct Told { person_id: Option<i64>, actor_id: Option<i64>, way: String, detail: String } }

/// What is told of failed sign-ins, the oldest first.
async fn failures(desk: &Desk) -> Vec<Told> {
    desk.app
        .db
        .read()
        .all(system!(
            because = "a test",
            "SELECT e.person_id, e.actor_id, e.way, e.detail FROM audit_entries e WHERE e.deed = 'sign_in_failed' ORDER BY e.id"
        ))
        .await
        .unwrap()
}

async fn tells(desk: &Desk) -> usize {
    entering::tell(&desk.app.db, desk.app.clock.now())
        .await
        .unwrap()
}

at_a_desk! {
    async fn who_comes_in_is_told_and_so_is_ending_ones_other_sessions(desk) {
        let mut ben = desk.browser();
        ben.signs_in("ben", PASSWORD).await;
        let comings = desk.comings("ben").await;
        assert_eq!(comings.len(), 1);
        assert!(comings[0].contains(r#"["means",null,"password"]"#) && comings[0].contains("\"address\""), "{comings:?}");
        assert!(desk.noted("ben").await.0.is_empty());
        ben.posts("/preferences", "/preferences/sessions/others/end", &[]).await;
        assert_eq!(desk.noted("ben").await.0, ["sessions_ended"]);
        let whole = chain::standing(&mut desk.app.db.read()).await.unwrap();
        assert!(matches!(whole, Standing::Whole { entries: 2, .. }), "{whole:?}");
    }
}

at_a_desk! {
    async fn failed_sign_ins_are_told_together_once_their_hour_is_over(desk) {
        for name in ["ben", "ben", "BEN@nordet.example", "ghost", "phantom", "spectre"] {
            desk.browser().signs_in(name, "a wrong password").await;
        }
        // One that turned out well is no failure.
        desk.browser().signs_in("ben", PASSWORD).await;
        assert_eq!(tells(desk).await, 0, "the hour is not over");
        desk.app.clock.advance(Span::hours(1));
        assert_eq!(tells(desk).await, 2);
        assert_eq!(tells(desk).await, 0, "and each once");
        let told = failures(desk).await;
        let ben = desk.person("ben").0;
        for (row, person) in told.iter().zip([None, Some(ben)]) {
            assert!(row.detail.contains(r#"["count",null,"3"]"#) && row.detail.contains("2026-11-23T13:00:00"), "{}", row.detail);
            assert_eq!((row.actor_id, row.way.as_str()), (None, "clock"));
            assert!(told.iter().any(|it| it.person_id == person), "{person:?}");
            // Names that nobody has may be somebody's password, typed in the wrong field.
            assert!(!["ghost", "phantom", "spectre", "wrong"].iter().any(|it| row.detail.contains(it)), "{}", row.detail);
        }
        assert_eq!(told.len(), 2);
    }
}

at_a_desk! {
    async fn a_storm_of_sign_ins_makes_few_entries_and_the_count_is_right(desk) {
        let mut tx = desk.app.db.write().await.unwrap();
        let at = desk.app.clock.now();
        tx.run(system!(
            because = "a test",
            "INSERT INTO sign_in_attempts (kind, subject, at, means, address) \
             WITH RECURSIVE many (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 400) \
             SELECT 'account', 'name x', $1, 'password', '10.0.0.' || n FROM many",
            at
        ))
        .await
        .unwrap();
        tx.commit().await.unwrap();
        desk.app.clock.advance(Span::hours(1));
        assert_eq!(i64::try_from(tells(desk).await), Ok(entering::MOST_TOLD + 1));
        let told = failures(desk).await;
        assert!(told.last().is_some_and(|it| it.detail.contains(r#"["count",null,"350"]"#)));
    }
}

at_a_desk! {
    async fn nothing_is_swept_away_before_it_is_told(desk) {
        desk.browser().signs_in("ben", "a wrong password").await;
        desk.app.clock.advance(Span::hours(5));
        let mut tx = desk.app.db.write().await.unwrap();
        access::sweep(&mut tx, desk.app.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(failures(desk).await.len(), 1);
        assert_eq!(tells(desk).await, 0);
    }
}
