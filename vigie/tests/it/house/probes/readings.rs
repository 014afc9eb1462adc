//! Ways of looking that the addresses alone do not show: lists as they are narrowed and ordered, files,
//! searches, suggestions.

use super::Tally;
use super::cast::{ACTORS, Desk};

/// What is read besides the bare addresses. `{noun name}` is a thing of the desk.
const READINGS: &[&str] = &[
    "/tickets?view=all",
    "/tickets?view=mine",
    "/tickets?view=unassigned",
    "/tickets?view=all&state=free",
    "/tickets?view=all&state=in_progress&sort=-priority",
    "/tickets?view=all&department={department red}",
    "/tickets?view=all&department={department blue}&sort=number",
    "/tickets?view=all&visibility=not:private",
    "/tickets?view=all&tag={tag hidden}",
    "/tickets?view=all&advice=yes",
    "/tickets?view=all&advice=no",
    "/tickets?view={view red}",
    "/tickets/{ticket held}?show=history",
    "/tickets/{ticket free}?show=history",
    "/tickets/{ticket held}?view=all&at=1",
    "/tickets/{ticket held}/suggestions?for=%2F&q=k",
    "/tickets/{ticket held}/suggestions?for=@&q=i",
    "/tickets/{ticket held}/suggestions?for=%23&q=affair",
    "/tickets/{ticket held}/people?text=canary",
    "/tickets/{ticket held}/people?text=Ivy",
    "/tickets/{ticket held}/merge?into={ticket hidden}",
    "/tickets/{ticket held}/merge?into={ticket free}",
    "/tickets/new?category={category red}&requester=ivy@nordet.example",
    "/lists/filter?view=all",
    "/lists/display?view=all",
    "/lists/export?view=all",
    "/lists/export/file?view=all",
    "/lists/export/file?view=all&spreadsheet=on",
    "/search?q=affair",
    "/search?q=hello",
    "/search?q=Ivy",
    "/search?q={ticket hidden}",
    "/search?q=state:archived",
    "/palette?q=affair",
    "/palette?q=Ivy",
    "/palette?q={ticket hidden}",
    "/people/suggestions?q=Ivy",
    "/people/suggestions?q=Dora",
    "/people?q=Ivy",
    "/people?q=nordet",
    "/admin/people?q=Ivy",
    "/tasks?done=true",
    "/my-requests?show=all",
    "/portal/tickets?show=all",
    "/portal/search?q=affair",
    "/portal/search?q=Ivy",
    "/portal/tickets/new?category={category red}",
    "/portal/solutions/answering?category={category blue}&subject=affair",
    "/portal/tickets/new?category={category blue}",
    "/portal/solutions?q=affair",
    "/help?q=affair",
    "/knowledge?q=affair",
    "/knowledge?state=draft",
    "/knowledge?category={category blue}",
    "/api/v1/articles?limit=200&q=affair",
    "/api/v1/articles?category={category blue}",
    "/api/v1/tickets?limit=200",
    "/api/v1/tickets?limit=200&state=free,in_progress&sort=number",
    "/api/v1/tickets?limit=3&sort=-priority",
    "/api/v1/tickets?department={department red}",
    "/api/v1/tickets?limit=200&advice=yes",
    "/api/v1/search?q=affair&limit=200",
    "/api/v1/search?q=Ivy",
    "/api/v1/people?q=Ivy",
    "/api/v1/tickets/{ticket held}/people?text=Ivy",
    "/api/v1/tags?text=canary",
    "/api/v1/tasks?done=true",
    "/admin/inspector?ticket={ticket hidden}",
    "/admin/inspector?person={person ivy}",
];

/// The readings with their things put in.
pub fn all(desk: &Desk) -> Vec<String> {
    let things: Vec<(String, &String)> = desk
        .things
        .iter()
        .map(|((noun, name), id)| (format!("{{{noun} {name}}}"), id))
        .collect();
    READINGS
        .iter()
        .map(|reading| {
            let mut path = (*reading).to_owned();
            for (thing, id) in things.iter().filter(|(thing, _)| reading.contains(thing)) {
                path = path.replace(thing, id);
            }
            assert!(!path.contains('{'), "{path} names what is not there");
            path
        })
        .collect()
}

/// Everybody reads all of them.
pub async fn reads(desk: &Desk, tally: &mut Tally) {
    for path in all(desk) {
        for (_, who) in ACTORS {
            let answer = desk.door.gets(who, &path).await;
            tally.looks_at(who, &path, &answer);
            // How a list was ordered last is noted after the answer.
            desk.door.app.finish_errands().await;
        }
    }
}
