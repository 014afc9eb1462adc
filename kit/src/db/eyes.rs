//! Statements as they read through somebody's eyes: each is made once, and kept.
//!
//! A page asks some twenty statements, and to write the policy's predicates into each took a tenth of its time. What comes out
//! depends on the statement's text, on how many arguments it has, and on how somebody looks (their policy, reach and
//! permissions), never on who they are: that stands in a placeholder.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use crate::authz::{Actor, Eyes};

/// How many are kept. A desk has a few hundred statements and a few dozen ways to look; beyond this
/// all are forgotten, and made again.
const MOST: usize = 20_000;

/// A statement, its markers replaced.
#[derive(Debug)]
pub(super) struct Seen {
    /// Its text. `{more}`, `{tail}` and their like stay.
    pub(super) text: String,
    /// The placeholder of the actor occurs in it.
    pub(super) names_the_actor: bool,
}

/// Where a text stands, which says what it is: it lasts as long as the program.
type Key = (usize, usize, usize, Eyes);

/// The statement as the actor sees it, whose placeholder has this number.
pub(super) fn through(text: &'static str, place: usize, actor: &Actor) -> Arc<Seen> {
    static KEPT: LazyLock<RwLock<HashMap<Key, Arc<Seen>>>> = LazyLock::new(RwLock::default);
    let key = (text.as_ptr() as usize, text.len(), place, actor.eyes());
    let kept = KEPT.read().unwrap_or_else(PoisonError::into_inner);
    if let Some(seen) = kept.get(&key) {
        return seen.clone();
    }
    drop(kept);
    let seen = Arc::new(make(text, place, actor));
    let mut kept = KEPT.write().unwrap_or_else(PoisonError::into_inner);
    if kept.len() >= MOST {
        kept.clear();
    }
    kept.insert(key, seen.clone());
    seen
}

fn make(text: &str, place: usize, actor: &Actor) -> Seen {
    let me = format!("${place}");
    let mut out = String::with_capacity(text.len() + 400);
    let mut rest = text;
    let mut names_the_actor = false;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        let Some(length) = rest[at..].find('}') else {
            break;
        };
        let marker = &rest[at + 1..at + length];
        rest = &rest[at + length + 1..];
        if let Some(what) = marker.strip_prefix("visible:") {
            let (table, alias) = what.split_once(' ').unwrap_or((what, what));
            let predicate = actor.predicate(table, alias, &me);
            names_the_actor |= predicate.contains(&me);
            out.push('(');
            out.push_str(&predicate);
            out.push(')');
        } else if let Some(what) = marker.strip_prefix("mine:") {
            let (_, alias) = what.split_once(' ').unwrap_or((what, what));
            out.push_str(alias);
            out.push_str(".person_id = ");
            out.push_str(&me);
            names_the_actor = true;
        } else if marker == "actor" {
            out.push_str(&me);
            names_the_actor = true;
        } else {
            // `{more}` stays for `and`.
            out.push('{');
            out.push_str(marker);
            out.push('}');
        }
    }
    out.push_str(rest);
    Seen {
        text: out,
        names_the_actor,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authz::{Policy, Reach};

    #[derive(Debug)]
    struct ByPermission(&'static str);
    impl Policy for ByPermission {
        fn name(&self) -> &'static str {
            self.0
        }
        fn predicate(&self, table: &str, alias: &str, actor: &Actor, me: &str) -> String {
            match (actor.reach(), actor.is_permitted("look")) {
                (Reach::Everything, true) => format!("{alias}.all = '{} {table}'", self.0),
                (reach, _) => format!("{alias}.own = {me} /* {reach:?} */"),
            }
        }
    }

    #[test]
    fn each_way_to_look_has_its_own_text_and_everybody_who_looks_so_shares_it() {
        const TEXT: &str = "SELECT 1 FROM rows r WHERE {visible:rows r} {more}";
        let one: &'static dyn Policy = &ByPermission("one");
        let other: &'static dyn Policy = &ByPermission("other");
        let look: &'static [&'static str] = &["look"];
        let actors = [
            Actor::new(1, Reach::Everything, look, one),
            Actor::new(1, Reach::Everything, look, other),
            Actor::new(1, Reach::Everything, &[][..], one),
            Actor::new(1, Reach::Own, look, one),
        ];
        let texts: Vec<String> = actors
            .iter()
            .map(|actor| through(TEXT, 1, actor).text.clone())
            .collect();
        for (n, text) in texts.iter().enumerate() {
            assert_eq!(*text, make(TEXT, 1, &actors[n]).text);
            assert!(!texts[..n].contains(text), "{text}");
        }
        let colleague = Actor::new(2, Reach::Own, look, one);
        assert!(Arc::ptr_eq(
            &through(TEXT, 1, &colleague),
            &through(TEXT, 1, &actors[3])
        ));
        assert!(through(TEXT, 2, &colleague).text.contains("r.own = $2"));
    }
}
