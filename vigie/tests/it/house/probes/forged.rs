//! Deeds that no page of the desk sent: refused whoever asks, and nothing happens.

use axum::http::Method;
use vigie::web::route::Audience;

use super::cast::{ACTORS, Desk};
use super::{Tally, bodies, named, things};
use crate::browsing::Manner;
use crate::world::World;

/// Sends every unsafe request without what its page would put in, and from another site.
pub async fn refuses(w: &World, desk: &Desk, tally: &mut Tally) {
    for route in vigie::routes::all() {
        if route.method == Method::GET {
            continue;
        }
        let thing = things::of(desk, route.path).swap_remove(0);
        for manner in [Manner::WithoutToken, Manner::FromElsewhere] {
            // A cookie opens nothing there, wherever it comes from.
            if route.audience == Audience::Api && manner == Manner::FromElsewhere {
                continue;
            }
            for (role, who) in ACTORS {
                let (method, body) = (route.method.clone(), bodies::of(&route, 0));
                let answer = desk
                    .door
                    .asks_as(manner, who, method, &thing.path, Some(0), &body)
                    .await;
                let what = format!("{} {manner:?}", named(&route));
                tally.looks_at(who, &what, &answer);
                let to = answer.location().split('?').next().unwrap_or_default();
                let is_refused = match (route.audience, manner) {
                    (Audience::Api, _) => answer.status == 401,
                    (_, Manner::FromElsewhere) => answer.status == 403,
                    _ => matches!(
                        (answer.status, to),
                        (403 | 404, _) | (303, "/login" | "/my-requests")
                    ),
                };
                tally.faults(!is_refused, || {
                    format!("{role} {what}: {} {to}", answer.status)
                });
            }
        }
    }
    let changed = tally.changes(&w.db).await;
    tally.faults(!changed.is_empty(), || {
        format!("what is forged changed {changed:?}")
    });
}
