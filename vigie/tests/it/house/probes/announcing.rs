//! Every deed that is announced, done on a ticket of the desk of the planted words.

use axum::http::Method;
use serde_json::{Value, json};

use super::cast::Desk;

/// A ticket of the desk, and who acts on it.
pub struct On<'a> {
    pub desk: &'a Desk,
    pub name: &'static str,
    pub agent: &'static str,
    pub colour: &'static str,
}

impl On<'_> {
    pub fn path(&self) -> String {
        format!("/api/v1/tickets/{}", self.desk.id("ticket", self.name))
    }

    pub fn word(&self, what: &str) -> String {
        format!("canary-{what}-{}", self.colour)
    }

    pub async fn does(&self, who: &str, deed: &str, body: Value) -> Value {
        let path = format!("{}/{deed}", self.path());
        self.desk.posts(who, &path, body).await
    }

    pub async fn agent_does(&self, deed: &str, body: Value) -> Value {
        self.does(self.agent, deed, body).await
    }

    pub async fn takes_away(&self, deed: &str) {
        let path = format!("{}/{deed}", self.path());
        self.desk
            .does(self.agent, Method::DELETE, &path, json!({}))
            .await;
    }

    pub async fn says(&self, audience: &str, what: &str) -> Value {
        let calls =
            "@ben @cleo @vera @rob @gil @olga @mona @dora@nordet.example @ivy@nordet.example";
        let body = format!("{} {calls}", self.word(what));
        let files = match audience {
            "staff" => {
                json!([{"name": format!("{}.txt", self.word("notefile")), "content": "aGVsbG8="}])
            }
            _ => json!([]),
        };
        self.agent_does(
            "comments",
            json!({"audience": audience, "body": body, "files": files}),
        )
        .await
    }

    pub async fn changes(&self, body: Value) {
        self.desk
            .does("ada", Method::PATCH, &self.path(), body)
            .await;
    }
}

/// Whatever can be said and done while a ticket is in somebody's hands, and lets nobody in or out.
pub async fn everything_is_done(on: &On<'_>, requester: &str) {
    on.says("staff", "note").await;
    on.says("public", "reply").await;
    on.agent_does("tags", json!({"tags": [on.word("tag"), "worn"]}))
        .await;
    let tags = on
        .desk
        .door
        .json(on.agent, &format!("{}/tags", on.path()))
        .await;
    let worn = tags["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|tag| tag["name"] == "worn");
    on.takes_away(&format!("tags/{}", worn.unwrap()["id"]))
        .await;
    on.agent_does("advice", json!({"message": on.word("note")}))
        .await;
    let advice = json!({"audience": "staff", "body": on.word("note")});
    on.does("ada", "comments", advice).await;
    on.agent_does("advice", json!({})).await;
    on.takes_away("advice").await;
    let me = on.desk.people[on.agent].0;
    let task = on
        .agent_does("tasks", json!({"title": on.word("task"), "assignee": me}))
        .await;
    let task = format!("{}/tasks/{}", on.path(), task["id"]);
    let gil = on.desk.people["gil"].0;
    for change in [
        json!({"assignee": gil}),
        json!({"title": format!("{} again", on.word("task"))}),
        json!({"done": true}),
        json!({"done": false}),
    ] {
        on.desk.does(on.agent, Method::PATCH, &task, change).await;
    }
    on.desk
        .does(on.agent, Method::DELETE, &task, json!({}))
        .await;
    let time = on
        .agent_does("time", json!({"minutes": 7, "note": on.word("time")}))
        .await;
    on.takes_away(&format!("time/{}", time["id"])).await;
    on.changes(json!({"subject": format!("Anew {}", on.word("subject")), "priority": 4, "origin": "phone"})).await;
    on.changes(json!({"visibility": "intranet"})).await;
    on.changes(json!({"visibility": "private"})).await;
    let said = |what: &str| json!({"message": on.word(what)});
    on.agent_does("question", said("reply")).await;
    on.does(
        requester,
        "comments",
        json!({"audience": "public", "body": on.word("reply")}),
    )
    .await;
    on.agent_does("postponement", said("reply")).await;
    on.agent_does("recall", json!({})).await;
    on.agent_does("closure", said("reply")).await;
    on.does(requester, "refusal", said("reply")).await;
    on.agent_does("release", json!({})).await;
    on.agent_does("assignment", json!({})).await;
    on.does("max", "assignment", json!({})).await;
    on.does(
        "ada",
        "assignee",
        json!({"person": me, "message": on.word("reply")}),
    )
    .await;
    let all = on
        .desk
        .door
        .json(on.agent, &format!("{}/comments", on.path()))
        .await;
    let files = all["items"].as_array().unwrap().iter().rev();
    let file = files
        .clone()
        .find_map(|c| c["attachments"][0]["id"].as_i64())
        .unwrap();
    on.takes_away(&format!("attachments/{file}")).await;
    let words = on
        .agent_does(
            "comments",
            json!({"audience": "staff", "body": on.word("note")}),
        )
        .await;
    on.desk
        .does(
            on.agent,
            Method::PATCH,
            &format!("{}/comments/{}", on.path(), words["id"]),
            json!({"body": format!("{} put right", on.word("note"))}),
        )
        .await;
    let first: i64 = on.desk.id("link", on.name).parse().unwrap_or_default();
    if on.desk.id("ticket", on.name) != first.to_string() {
        on.takes_away(&format!("links/{first}")).await;
        on.agent_does("links", json!({"other": first})).await;
    }
}

/// What lets people in and out again, and what joins and parts.
pub async fn people_come_and_go(on: &On<'_>, other: &On<'_>) {
    let people = |who: &str| json!({"people": [format!("{who}@nordet.example")]});
    on.agent_does("observers", people("gil")).await;
    on.takes_away(&format!("observers/{}", on.desk.people["gil"]))
        .await;
    let invited = json!({"people": ["somebody@elsewhere.example"], "message": on.word("reply")});
    on.agent_does("invitees", invited).await;
    let all = on
        .desk
        .door
        .json(on.agent, &format!("{}/participants", on.path()))
        .await;
    let invitees = all["invitees"].as_array().unwrap();
    let guest = invitees
        .iter()
        .find(|one| one["email"] == "somebody@elsewhere.example");
    on.takes_away(&format!("invitees/{}", guest.unwrap()["id"]))
        .await;
    let words = on.says("public", "reply").await;
    let split = json!({"comment": words["id"], "subject": on.word("subject")});
    on.agent_does("split", split).await;
    let into: i64 = on.desk.id("ticket", on.name).parse().unwrap();
    let merge = json!({"into": into, "let_requester_in": false});
    other.agent_does("merge", merge).await;
    other.takes_away("merge").await;
    on.agent_does("rejection", json!({"message": on.word("reply")}))
        .await;
    on.agent_does(
        "follow-up",
        json!({"body": on.word("reply"), "subject": on.word("subject")}),
    )
    .await;
    on.agent_does("reopening", json!({})).await;
}
