//! Administering departments and people: who may, what is refused, and what it changes at once.

mod departments;
mod members;
mod people;

use std::path::PathBuf;
use std::sync::Arc;

use axum::body::Body;
use axum::http::Request;
use kit::db::{Ask, Place};
use kit::ids::Dice;
use kit::{config, global, record, system};
use serde_json::{Value, json};
use vigie::house::{House, Opening};
use vigie::people::access::{sessions, tokens};
use vigie::policy::Privilege;

use crate::desk::{Answer, Browser, Desk, PUBLIC_URL, folder};
use crate::world::World;

/// The world with its web door.
struct Office<'a> {
    w: &'a World,
    desk: Desk,
    folder: PathBuf,
}

record! { struct Number { id: i64 } }
record! { struct Counted { n: i64 } }
record! { struct Text { text: String } }

impl<'a> Office<'a> {
    async fn of(w: &'a World) -> Office<'a> {
        let folder = folder();
        let given = [
            ("data".to_owned(), folder.display().to_string()),
            ("public_url".to_owned(), PUBLIC_URL.to_owned()),
            ("language".to_owned(), "en".to_owned()),
        ];
        let mut config = config::from_parts(None, &[].into(), &given.into()).unwrap();
        config.database = Place::File(folder.join("beside.db"));
        let (clock, dice) = (w.clock.clone(), Dice::seeded(5));
        let opened = House::open_with(config, clock, dice, Opening::Migrating, false).await;
        let mut house = opened.unwrap();
        house.db.close().await;
        house.db = w.db.clone();
        let desk = Desk::of(Arc::new(house));
        Office { w, desk, folder }
    }

    /// A browser in which somebody is signed in.
    async fn with(&self, who: &str) -> Browser<'_> {
        let mut browser = self.desk.browser();
        let mut tx = self.w.db.write().await.unwrap();
        let (person, dice) = (self.w.person(who), &self.desk.app.dice);
        let token = sessions::open(&mut tx, person, "a test", "127.0.0.1", self.w.now(), dice)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        browser.cookies.insert("vigie_session".to_owned(), token);
        browser
    }

    async fn token(&self, who: &str) -> String {
        let mut tx = self.w.db.write().await.unwrap();
        let (person, dice) = (self.w.person(who), &self.desk.app.dice);
        let token = tokens::create(&mut tx, person, "a test", self.w.now(), dice)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        token
    }

    /// What a program of somebody hears; `seen` is the version it sends along.
    async fn asks(
        &self,
        who: &str,
        method: &str,
        path: &str,
        seen: Option<i64>,
        body: Value,
    ) -> (u16, Value) {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "desk.example")
            .header("authorization", format!("Bearer {}", self.token(who).await))
            .header("content-type", "application/json");
        if let Some(seen) = seen {
            request = request.header("if-match", format!("\"{seen}\""));
        }
        let body = if body.is_null() {
            Body::empty()
        } else {
            Body::from(body.to_string())
        };
        let answer = self.desk.sends(request.body(body).unwrap()).await;
        let value = serde_json::from_str(&answer.text).unwrap_or(Value::Null);
        (answer.status, value)
    }

    async fn department(&self, name: &str) -> i64 {
        let row: Number = self
            .w
            .db
            .read()
            .one(global!("SELECT id FROM departments WHERE name = $1", name))
            .await
            .unwrap();
        row.id
    }

    async fn category(&self, name: &str) -> i64 {
        let row: Number = self
            .w
            .db
            .read()
            .one(global!("SELECT id FROM categories WHERE name = $1", name))
            .await
            .unwrap();
        row.id
    }

    /// The department as the owner's program reads it.
    async fn reads(&self, department: i64) -> Value {
        let path = format!("/api/v1/departments/{department}");
        let (status, value) = self.asks("ada", "GET", &path, None, Value::Null).await;
        assert_eq!(status, 200, "{value}");
        value
    }

    async fn member(&self, department: i64, who: &str) -> Value {
        let person = self.w.person(who).0;
        let all = self.reads(department).await;
        let all = all["members"].as_array().unwrap().clone();
        all.into_iter()
            .find(|m| m["person"] == person)
            .unwrap_or(Value::Null)
    }

    async fn person(&self, who: &str) -> Value {
        let path = format!("/api/v1/people/{}", self.w.person(who).0);
        self.asks("ada", "GET", &path, None, Value::Null).await.1
    }

    /// Gives a member exactly these privileges.
    async fn trusts(&self, who: &str, department: i64, privileges: &[Privilege]) {
        let words: Vec<&str> = privileges.iter().map(|p| p.word()).collect();
        let path = self.member_path(department, who);
        let body = json!({ "privileges": words });
        let (status, said) = self.asks("ada", "PATCH", &path, None, body).await;
        assert_eq!(status, 200, "{said}");
    }

    fn member_path(&self, department: i64, who: &str) -> String {
        let person = self.w.person(who);
        format!("/api/v1/departments/{department}/members/{person}")
    }

    async fn kinds_of(&self, ticket: &str) -> Vec<String> {
        let rows: Vec<Text> = self
            .w
            .db
            .read()
            .all(system!(
                because = "a test reads the whole history",
                "SELECT kind AS text FROM events WHERE ticket_id = $1 ORDER BY id",
                self.w.ticket(ticket)
            ))
            .await
            .unwrap();
        rows.into_iter().map(|r| r.text).collect()
    }

    fn leave(self) {
        std::fs::remove_dir_all(self.folder).unwrap();
    }
}

fn says(answer: &Answer, status: u16, sentence: &str) {
    assert_eq!(answer.status, status, "{}", answer.text);
    assert!(
        answer.text.contains(sentence),
        "no “{sentence}” in {}",
        answer.text
    );
}
