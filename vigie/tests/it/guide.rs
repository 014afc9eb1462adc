//! A desk set up in five steps.

use axum::http::Method;
use kit::db::Ask;
use kit::{record, system};
use serde_json::{Value, json};
use vigie::people;
use vigie::policy::{AgentScope, Role};
use vigie::setup::guide;

use crate::desk::{Answer, Browser, Desk};
use crate::roles;
use crate::world::NOW;

record! { struct Told { told: String } }

const NEEDS: &str = "/admin/setup/needs";
const ACCESS: &str = "/admin/setup/access";
const ROLES: &str = "/admin/setup/roles";
const DEPARTMENTS: &str = "/admin/setup/departments";
const REVIEW: &str = "/admin/setup/review";

/// The version that a page shows.
fn version(page: &Answer) -> String {
    let (_, rest) = page
        .text
        .split_once("name=\"version\" value=\"")
        .unwrap_or_else(|| panic!("no version: {}", page.text));
    rest.split('"').next().unwrap().to_owned()
}

/// Fills in a step as it is shown now.
async fn saves(browser: &mut Browser<'_>, step: &str, fields: &[(&str, &str)]) -> Answer {
    let page = browser.gets(step).await;
    let (token, version) = (page.form_token(), version(&page));
    let mut all = vec![("csrf", token.as_str()), ("version", version.as_str())];
    all.extend_from_slice(fields);
    browser.posts_raw(step, &all).await
}

/// What the tables say, as one text for each row.
async fn tells(desk: &Desk, what: &str) -> Vec<String> {
    let query = match what {
        "agents" => system!(
            because = "a test looks at the tables themselves",
            "SELECT p.name || ' ' || a.role || ' ' || a.scope AS told FROM agents a JOIN people p ON p.id = a.person_id ORDER BY p.name"
        ),
        "categories" => system!(
            because = "a test looks at the tables themselves",
            "SELECT d.name || ': ' || c.name || CASE WHEN d.default_category_id = c.id THEN ' *' ELSE '' END AS told \
             FROM categories c JOIN departments d ON d.id = c.department_id ORDER BY d.name, c.position, c.id"
        ),
        "members" => system!(
            because = "a test looks at the tables themselves",
            "SELECT d.name || ': ' || p.name || ' ' || m.level AS told FROM memberships m \
             JOIN departments d ON d.id = m.department_id JOIN people p ON p.id = m.person_id ORDER BY d.name, p.name"
        ),
        _ => system!(
            because = "a test looks at the tables themselves",
            "SELECT e.deed AS told FROM audit_entries e WHERE e.deed NOT IN ('signed_in', 'sign_in_failed') ORDER BY e.id"
        ),
    };
    let rows: Vec<Told> = desk.app.db.read().all(query).await.unwrap();
    rows.into_iter().map(|row| row.told).collect()
}

async fn person(desk: &Desk, name: &str) -> String {
    record! { struct Number { id: i64 } }
    let found: Number = desk
        .app
        .db
        .read()
        .one(system!(
            because = "a test looks at the tables themselves",
            "SELECT p.id FROM people p WHERE p.name = $1",
            name
        ))
        .await
        .unwrap();
    found.id.to_string()
}

async fn becomes(desk: &Desk, name: &str, role: Role) {
    let mut tx = desk.app.db.write().await.unwrap();
    people::make_agent(&mut tx, desk.person(name), role, AgentScope::Global, NOW)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

at_a_desk! {
    async fn a_fresh_desk_walked_through_in_five_steps_has_departments_roles_members_and_a_default_scope(desk) {
        let mut ada = desk.signed_in("ada").await;
        let go_on = ada.gets("/admin/setup").await;
        assert_eq!((go_on.status, go_on.location()), (303, NEEDS));

        let wrong = saves(&mut ada, NEEDS, &[("organisation", " "), ("departments", "Payroll\nNetwork")]).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text.contains("Choose one of the two sizes") && wrong.text.contains("id=\"organisation-fault\""), "{}", wrong.text);
        assert!(wrong.text.contains(">Payroll\nNetwork</textarea>"), "what was typed stays: {}", wrong.text);
        let long = "x".repeat(121);
        let wrong = saves(&mut ada, NEEDS, &[("organisation", "Nordet"), ("size", "large"), ("departments", &long)]).await;
        assert!(wrong.status == 422 && wrong.text.contains("id=\"departments-fault\""), "{}", wrong.text);
        assert_eq!(desk.app.desk().organisation, "");
        let said = saves(&mut ada, NEEDS, &[("organisation", "Nordet"), ("size", "large"), ("departments", "Payroll\r\n payroll \r\n\r\nNetwork")]).await;
        assert_eq!((said.status, said.location()), (303, ACCESS));
        assert_eq!(desk.app.desk().organisation, "Nordet");
        assert!(tells(desk, "categories").await.is_empty(), "named, not made");

        // Elsewhere, on another device, one goes on where one was.
        let mut elsewhere = desk.signed_in("ada").await;
        assert_eq!(elsewhere.gets("/admin/setup").await.location(), ACCESS);
        assert!(elsewhere.gets(NEEDS).await.text.contains(">Payroll\nNetwork</textarea>"));
        assert!(elsewhere.gets("/admin").await.text.contains("1 step of 5 is done"));
        let page = elsewhere.gets(ACCESS).await.text;
        let suggested = page.find("Suggested").unwrap();
        assert!(page.find("Partitioned desk").unwrap() < suggested, "{page}");
        assert_eq!(saves(&mut elsewhere, ACCESS, &[("desk", "sideways")]).await.status, 422);
        assert_eq!(saves(&mut elsewhere, ACCESS, &[("desk", "partitioned")]).await.location(), ROLES);
        assert_eq!(desk.app.desk().default_scope, AgentScope::Group);

        let page = ada.gets(ROLES).await.text;
        assert!(page.contains("Trainee") && page.contains("Scope: Group") && page.contains("No outgoing relay"), "{page}");
        let lea = [("name-0", "Lea"), ("email-0", "lea@nordet.example"), ("role-0", "agent")];
        let wrong = saves(&mut ada, ROLES, &[lea[0], lea[1], lea[2], ("name-2", "Tom"), ("email-2", "nonsense"), ("role-2", "king")]).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text.contains("id=\"email-2-fault\"") && wrong.text.contains("id=\"role-2-fault\"") && wrong.text.contains("value=\"nonsense\""), "{}", wrong.text);
        let taken = saves(&mut ada, ROLES, &[lea[0], lea[1], lea[2], ("name-2", "Tom"), ("email-2", "ben@nordet.example"), ("role-2", "viewer")]).await;
        assert!(taken.status == 422 && taken.text.contains("id=\"email-2-fault\""), "{}", taken.text);
        assert!(!tells(desk, "agents").await.iter().any(|it| it.starts_with("Lea")), "all of them, or nobody");
        let more = saves(&mut ada, ROLES, &[lea[0], lea[1], lea[2], ("name-2", "Tom"), ("email-2", "tom@nordet.example"), ("role-2", "viewer"), ("more", "1")]).await;
        assert_eq!((more.status, more.location()), (303, ROLES));
        assert_eq!(saves(&mut ada, ROLES, &[]).await.location(), DEPARTMENTS, "nobody else");
        assert_eq!(tells(desk, "agents").await, ["Lea agent group", "Tom viewer group", "ada owner group", "ben agent group"]);

        let (lea, tom) = (person(desk, "Lea").await, person(desk, "Tom").await);
        let page = ada.gets(DEPARTMENTS).await.text;
        assert!(page.contains("name=\"name-new0\" value=\"Payroll\"") && page.contains("name=\"name-new1\" value=\"Network\""), "{page}");
        let payroll = [("name-new0", "Payroll"), ("categories-new0", "Slips\nBonuses\nslips"), ("member-new0", lea.as_str()), ("member-new0", tom.as_str())];
        let wrong = saves(&mut ada, DEPARTMENTS, &[payroll[0], payroll[1], payroll[2], payroll[3], ("name-new1", "Payroll"), ("categories-new1", "Wires")]).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text.contains("id=\"name-new1-fault\"") && wrong.text.contains(">Wires</textarea>"), "{}", wrong.text);
        assert!(wrong.text.contains(&format!("name=\"member-new0\" value=\"{lea}\" checked")), "{}", wrong.text);
        let wrong = saves(&mut ada, DEPARTMENTS, &[payroll[0], payroll[1], ("name-new1", ""), ("categories-new1", "Wires")]).await;
        assert!(wrong.status == 422 && wrong.text.contains("id=\"name-new1-fault\""), "{}", wrong.text);
        assert!(tells(desk, "categories").await.is_empty() && tells(desk, "members").await.is_empty(), "all of it, or nothing");
        let made = saves(&mut ada, DEPARTMENTS, &[payroll[0], payroll[1], payroll[2], payroll[3], ("name-new1", "Network"), ("categories-new1", "")]).await;
        assert_eq!((made.status, made.location()), (303, REVIEW), "{}", made.text);
        assert_eq!(tells(desk, "categories").await, ["Network: General *", "Payroll: Slips *", "Payroll: Bonuses"]);
        assert_eq!(tells(desk, "members").await, ["Payroll: Lea edit", "Payroll: Tom view"]);

        let wrong = saves(&mut ada, REVIEW, &[("review_days", "soon")]).await;
        assert!(wrong.status == 422 && wrong.text.contains("value=\"soon\"") && wrong.text.contains("id=\"review_days-fault\""), "{}", wrong.text);
        assert!(ada.gets("/admin").await.text.contains("4 steps of 5 are done"));
        let done = saves(&mut ada, REVIEW, &[("review_days", "90")]).await;
        assert_eq!((done.status, done.location()), (303, "/admin"));
        let first = ada.gets("/admin").await.text;
        assert!(first.contains("The set-up is finished") && !first.contains("steps of 5"), "{first}");
        assert!(ada.gets("/admin/scopes").await.text.contains("name=\"review_days\" inputmode=\"numeric\" maxlength=\"4\" value=\"90\""));

        let noted = tells(desk, "journal").await;
        let of = |deed: &str| noted.iter().filter(|it| *it == deed).count();
        let counted = ["guide_stepped", "desk_changed", "person_added", "password_link_sent", "department_added", "category_added", "member_added", "review_days_changed"].map(of);
        assert_eq!(counted, [6, 2, 2, 2, 2, 1, 2, 1], "{noted:?}");
        let told = ada.gets("/admin/journal").await.text;
        assert!(told.contains("Step of the set-up saved") && told.contains("Follow-up") && told.contains("Settings of the desk changed"), "{told}");

        // Walked through again, it adds and takes nothing away.
        assert_eq!(saves(&mut ada, NEEDS, &[("organisation", "Nordet"), ("size", "large"), ("departments", "PAYROLL\nLegal")]).await.status, 303);
        let page = ada.gets(DEPARTMENTS).await.text;
        assert!(page.contains("value=\"Legal\"") && !page.contains("name-new1") && page.contains("Bonuses"), "{page}");
        record! { struct Number { id: i64 } }
        let row: Number = desk.app.db.read().one(system!(because = "a test looks at the tables themselves", "SELECT d.id FROM departments d WHERE d.name = 'Payroll'")).await.unwrap();
        let (categories, member) = (format!("categories-{}", row.id), format!("member-{}", row.id));
        let ben = desk.person("ben").to_string();
        let again = saves(&mut ada, DEPARTMENTS, &[("name-new0", ""), ("categories-new0", ""), (&categories, "bonuses\nTravel"), (&member, &ben), (&member, &lea)]).await;
        assert_eq!(again.status, 303, "{}", again.text);
        assert_eq!(tells(desk, "categories").await, ["Network: General *", "Payroll: Slips *", "Payroll: Bonuses", "Payroll: Travel"]);
        assert_eq!(tells(desk, "members").await, ["Payroll: Lea edit", "Payroll: Tom view", "Payroll: ben edit"]);
        let nobody = saves(&mut ada, DEPARTMENTS, &[(&categories, ""), (&member, "999999")]).await;
        let fault = format!("id=\"person-{}-fault\"", row.id);
        assert!(nobody.status == 422 && nobody.text.contains(&fault), "{}", nobody.text);
        let nowhere = saves(&mut ada, DEPARTMENTS, &[("categories-424242", "Nowhere")]).await;
        assert_eq!(nowhere.status, 404);
    }
}

at_a_desk! {
    async fn of_two_administrators_at_a_step_the_second_is_told_and_loses_nothing_they_typed(desk) {
        becomes(desk, "mia", Role::Admin).await;
        let (mut ada, mut mia) = (desk.signed_in("ada").await, desk.signed_in("mia@nordet.example").await);
        let seen = version(&mia.gets(NEEDS).await);
        assert_eq!(saves(&mut ada, NEEDS, &[("organisation", "Nordet"), ("size", "small"), ("departments", "Payroll")]).await.status, 303);
        let late = mia.posts(NEEDS, NEEDS, &[("version", &seen), ("organisation", "Sudet"), ("size", "large"), ("departments", "Legal")]).await;
        assert_eq!(late.status, 409);
        assert!(late.text.contains("changed the set-up meanwhile") && late.text.contains("value=\"Sudet\"") && late.text.contains(">Legal</textarea>"), "{}", late.text);
        assert_eq!(desk.app.desk().organisation, "Nordet");
        // A setting that is said elsewhere counts, too.
        let seen = version(&mia.gets(ACCESS).await);
        let mut tx = desk.app.db.write().await.unwrap();
        vigie::people::desk::choose_default_scope(&mut tx, AgentScope::Group).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(mia.posts(ACCESS, ACCESS, &[("version", &seen), ("desk", "open")]).await.status, 409);
        for (step, fields) in [
            (ROLES, &[("name-0", "Lea"), ("email-0", "lea@nordet.example"), ("role-0", "agent")][..]),
            (DEPARTMENTS, &[("name-new0", "Payroll"), ("categories-new0", "Slips")][..]),
            (REVIEW, &[("review_days", "30")][..]),
        ] {
            let late = mia.posts(step, step, &[&[("version", "1")][..], fields].concat()).await;
            assert_eq!(late.status, 409, "{step}");
            assert!(late.text.contains(&format!("value=\"{}\"", fields[0].1)), "{step} {}", late.text);
        }
        // At the very same time: one makes the department, the other is told.
        let (of_ada, of_mia) = (ada.gets(DEPARTMENTS).await, mia.gets(DEPARTMENTS).await);
        let (token, other) = (of_ada.form_token(), of_mia.form_token());
        let seen = version(&of_ada);
        let form = |token| [("csrf", token), ("version", seen.as_str()), ("name-new0", "Payroll"), ("categories-new0", "Slips")];
        let (one, two) = (form(token.as_str()), form(other.as_str()));
        let (one, two) = tokio::join!(ada.posts_raw(DEPARTMENTS, &one), mia.posts_raw(DEPARTMENTS, &two));
        let mut statuses = [one.status, two.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409], "{} {}", one.text, two.text);
        assert_eq!(tells(desk, "categories").await, ["Payroll: Slips *"]);
    }
}

at_a_desk! {
    async fn it_is_offered_from_the_first_day_until_it_is_put_away(desk) {
        let mut ada = desk.signed_in("ada").await;
        let first = ada.gets("/admin").await.text;
        assert!(!first.contains("/admin/setup/dismissal") && first.contains("href=\"/admin/setup/needs\""), "a desk that was set up otherwise is not asked: {first}");
        let mut tx = desk.app.db.write().await.unwrap();
        guide::offer(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        let first = ada.gets("/admin").await;
        assert!(first.text.contains("/admin/setup/dismissal"), "{}", first.text);
        let away = "/admin/setup/dismissal";
        let stale = ada.posts("/admin", away, &[("version", "1")]).await;
        assert_eq!((stale.status, stale.location()), (303, "/admin"));
        assert!(ada.gets("/admin").await.text.contains("gone on with the set-up meanwhile"));
        let done = ada.posts("/admin", away, &[("version", &version(&first))]).await;
        assert_eq!(done.status, 303);
        assert!(!ada.gets("/admin").await.text.contains(away));
        assert_eq!(ada.gets(NEEDS).await.status, 200, "it stays where it is");
        assert_eq!(tells(desk, "journal").await, ["guide_put_away"]);
    }
}

on_both_engines! {
    async fn whoever_does_not_administer_the_desk_by_rank_finds_no_set_up_and_changes_nothing(w) {
        let door = w.door().await;
        let steps = [NEEDS, ACCESS, ROLES, DEPARTMENTS, REVIEW];
        for (who, status) in [("ben", 403), ("vera", 403), ("gil", 403), ("dora", 404)] {
            for step in steps.iter().chain(&["/admin/setup"]) {
                assert_eq!(door.gets(who, step).await.status, status, "{who} {step}");
            }
            for step in steps.iter().chain(&["/admin/setup/dismissal"]) {
                let form = "version=1&organisation=X&size=small&desk=open&name-0=X&email-0=x@x.example&role-0=owner&name-new0=X&review_days=1";
                assert_eq!(door.asks(who, Method::POST, step, form).await.status, status, "{who} {step}");
            }
            assert_eq!(door.gets(who, "/api/v1/desk").await.status, status, "{who}");
            let body = r#"{"default_scope":"group"}"#;
            assert_eq!(door.asks(who, Method::PATCH, "/api/v1/desk", body).await.status, status, "{who}");
        }
        assert_eq!(door.gets("nobody", NEEDS).await.status, 303);
        let stand = guide::standing(&mut w.db.read(), &w.actor("max")).await.unwrap();
        assert_eq!((stand.version, stand.plan), (1, guide::Plan::default()));
        // An administrator makes no owner here either.
        let page = door.gets("max", ROLES).await.body;
        assert!(!page.contains("value=\"owner\""), "{page}");
        let owner = "version=1&name-0=Eve&email-0=eve@nordet.example&role-0=owner";
        let refused = door.asks("max", Method::POST, ROLES, owner).await;
        assert!(refused.status == 422 && refused.body.contains("id=\"role-0-fault\""), "{}", refused.body);
        door.closes().await;
    }
}

on_both_engines! {
    async fn programs_read_and_change_the_default_scope_and_new_agents_get_it(w) {
        let door = w.door().await;
        let at = "/api/v1/desk";
        assert_eq!(door.json("max", at).await, json!({"organisation": "", "default_scope": "global", "portal_assets": true}));
        for wrong in [json!({"default_scope": "restricted"}), json!({"default_scope": "wide"}), json!({"default_scope": "global_served"}), json!({"default_scope": "group_served"}), json!({"organisation": " "}), json!({"organisation": "x".repeat(101)})] {
            assert_eq!(door.asks("max", Method::PATCH, at, &wrong.to_string()).await.status, 422, "{wrong}");
        }
        let said = door.asks_having_seen("max", Method::PATCH, at, Some(1), r#"{"default_scope":"group"}"#).await;
        assert_eq!(said.status, 200, "{}", said.body);
        assert_eq!(said.headers["etag"], "\"2\"");
        let stale = door.asks_having_seen("ada", Method::PATCH, at, Some(1), r#"{"organisation":"Nordet"}"#).await;
        assert_eq!(stale.status, 409, "{}", stale.body);
        let gil = door.json("max", &format!("/api/v1/people/{}/scope", w.person("gil"))).await;
        assert_eq!(gil["scope"], "global", "who is there keeps theirs");
        let made = door.asks("max", Method::POST, "/api/v1/people", r#"{"name":"Lea","email":"lea@nordet.example","role":"agent"}"#).await;
        let made: Value = serde_json::from_str(&made.body).unwrap();
        assert_eq!(made["scope"], "group", "{made}");
        assert!(door.gets("max", "/admin/journal").await.body.contains("Settings of the desk changed"));
        // Of two at once one is first.
        let (one, two) = tokio::join!(
            door.asks_having_seen("ada", Method::PATCH, at, Some(2), r#"{"default_scope":"global"}"#),
            door.asks_having_seen("max", Method::PATCH, at, Some(2), r#"{"default_scope":"global","organisation":"Nordet"}"#)
        );
        let mut statuses = [one.status, two.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "{} {}", one.body, two.body);
        door.closes().await;
    }
}

on_both_engines! {
    async fn the_settings_are_changed_on_their_page_by_whoever_may_and_the_scope_by_whoever_sees_all(w) {
        let door = w.door().await;
        let page = "/admin/desk";
        for (who, status) in [("nobody", 303), ("dora", 404), ("ben", 403), ("max", 200)] {
            assert_eq!(door.gets(who, page).await.status, status, "{who}");
        }
        let says = async |who: &str, form: &str| door.asks(who, Method::POST, page, form).await;
        let said = says("max", "version=1&organisation=Nordet&default_scope=group&portal_assets=1").await;
        assert_eq!(said.status, 303, "{}", said.body);
        assert_eq!(door.json("max", "/api/v1/desk").await, json!({"organisation": "Nordet", "default_scope": "group", "portal_assets": true}));
        assert!(door.gets("ben", "/tickets").await.body.contains("Nordet"));
        // Stale, and empty: what was typed is kept.
        let stale = says("ada", "version=1&organisation=Other&default_scope=global&portal_assets=1").await;
        assert!(stale.status == 409 && stale.body.contains("value=\"Other\"") && stale.body.contains("changed these settings meanwhile"), "{}", stale.body);
        let empty = says("ada", "version=3&organisation=&default_scope=global&portal_assets=1").await;
        assert!(empty.status == 422 && empty.body.contains("id=\"organisation-fault\""), "{}", empty.body);
        // Whoever sees a part alone gives no wider scope by it, nor is offered to.
        roles::may(w, &door, "ben", &["read_notes", "handle", "settings"]).await;
        let shown = door.gets("ben", page).await;
        assert!(shown.status == 200 && !shown.body.contains("name=\"default_scope\""), "{}", shown.body);
        assert_eq!(says("ben", "version=3&organisation=Bens&default_scope=global&portal_assets=1").await.status, 422);
        assert_eq!(says("ben", "version=3&organisation=Bens&portal_assets=1").await.status, 303);
        assert_eq!(door.json("ada", "/api/v1/desk").await, json!({"organisation": "Bens", "default_scope": "group", "portal_assets": true}));
        door.closes().await;
    }
}
