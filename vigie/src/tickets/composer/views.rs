//! Drafts and saved replies as the composer shows them.

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::Answers;
use kit::error::Error;
use pages::tickets::composer::{
    Composer, Draft, HeldReply, KeptFile, Overtaken as OvertakenView, Preview,
};
use pages::tickets::thread::Audience as AudienceView;
use pages::tickets::{Choice, ChoiceGroup};
use words::catalogue::Arg;
use words::reader::Words;

use crate::replies::{self, SavedReply, Sharing};
use crate::tickets::drafts::{self, Crossing, Stage};
use crate::tickets::views::Meanwhile;
use crate::tickets::{Audience, TicketId, mentions};

/// What a form brought back, in place of the draft that stands.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// Who is to read it, as chosen.
    pub audience: Option<Audience>,
    /// The text; the draft's when absent.
    pub body: Option<String>,
    /// What was wrong with it.
    pub error: Option<String>,
    /// Nobody is to be mailed about it.
    pub is_quiet: bool,
    /// Show how it would be read.
    pub has_preview: bool,
    /// A change was made from this version: what others did since is told.
    pub since: Option<i64>,
    /// Why it was not sent: what others did meanwhile.
    pub overtaken: Option<Overtaken>,
}

/// What came between reading a ticket and answering it.
#[derive(Clone, Debug)]
pub enum Overtaken {
    /// Others changed it since it stood at this version.
    Since(i64),
    /// A colleague's answer is on its way.
    Crossed(Crossing),
}

impl Overtaken {
    /// What the composer says of it; sent again from there, the reply leaves.
    pub fn view(self, words: &Words, since: impl FnOnce(i64) -> Meanwhile) -> OvertakenView {
        let named = |key, name: &str| words.say_with(key, &[("name", Arg::from(name))]);
        match self {
            Overtaken::Since(seen) => {
                let meanwhile = since(seen);
                let key = match meanwhile.is_written {
                    true => "composer-overtaken-words",
                    false => "composer-overtaken",
                };
                OvertakenView {
                    sentence: named(key, &meanwhile.who),
                    lines: meanwhile.lines,
                    knows: None,
                }
            }
            Overtaken::Crossed(other) => OvertakenView {
                sentence: named("composer-crossed", &other.by),
                lines: vec![],
                knows: Some(other.release_at.0),
            },
        }
    }
}

/// How a page names who reads.
pub fn audience_view(audience: Audience) -> AudienceView {
    match audience {
        Audience::Public => AudienceView::Public,
        Audience::Requester => AudienceView::Requester,
        Audience::Invitees => AudienceView::Invitees,
        Audience::Staff => AudienceView::Staff,
    }
}

/// How a draft would be read, and whom it calls in vain.
pub async fn preview(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
    audience: Audience,
    body: &str,
) -> Result<Preview, Error> {
    Ok(Preview {
        safe_html: match body.trim() {
            "" => String::new(),
            text => letter::markdown::to_html(text),
        },
        untold: mentions::untold(ask, actor, ticket, audience, body).await?,
    })
}

/// Everything the composer shows.
pub async fn composer(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
    shown: Shown,
    words: &Words,
    once: String,
) -> Result<Composer, Error> {
    let now = Moment(words.now_micros);
    let mine = drafts::of(ask, actor, ticket).await?;
    // Most pages are opened without a word written: they do not ask for its files.
    let files = match mine.is_empty() {
        true => vec![],
        false => drafts::files(ask, actor, ticket).await?,
    };
    let standing = mine.iter().find(|d| d.state == Stage::Draft);
    let audience = shown.audience.or(standing.map(|d| d.audience));
    let refused = standing
        .and_then(|d| d.refusal.as_ref())
        .map(|_| words.say("composer-was-refused").to_owned());
    let body = shown
        .body
        .or_else(|| standing.map(|d| d.body.clone()))
        .unwrap_or_default();
    let mut held = vec![];
    for draft in mine.iter().filter(|d| d.state == Stage::Held) {
        let seconds = draft
            .release_at
            .map_or(0, |at| (at.since(now).as_seconds_rounded_up()).max(0));
        held.push(HeldReply {
            id: draft.id.0,
            safe_html: letter::markdown::to_html(&draft.body),
            files: files
                .iter()
                .filter(|f| f.draft_id == draft.id)
                .map(|f| f.name.clone())
                .collect(),
            seconds,
            untold: mentions::untold(ask, actor, ticket, draft.audience, &draft.body).await?,
        });
    }
    let has_preview = shown.has_preview;
    Ok(Composer {
        preview: match has_preview {
            true => {
                let reader = audience.unwrap_or(Audience::Public);
                Some(preview(ask, actor, ticket, reader, &body).await?)
            }
            false => None,
        },
        is_kept: standing.is_some(),
        kept: files
            .into_iter()
            .filter(|f| standing.is_some_and(|d| d.id == f.draft_id))
            .map(|f| KeptFile {
                id: f.id.0,
                name: f.name,
                bytes: u64::try_from(f.size).unwrap_or(0),
            })
            .collect(),
        replies: groups(replies::usable(ask, actor).await?, words),
        draft: Draft {
            audience: audience.map(audience_view),
            body,
            error: shown.error.or(refused),
        },
        held,
        once,
        is_quiet: shown.is_quiet,
        overtaken: None,
    })
}

fn groups(found: Vec<SavedReply>, words: &Words) -> Vec<ChoiceGroup> {
    let mut groups: Vec<ChoiceGroup> = vec![];
    for reply in found {
        let name = match (reply.sharing, reply.department) {
            (Sharing::Department, Some(name)) => name,
            (Sharing::Private, _) => words.say("replies-private").to_owned(),
            _ => words.say("replies-everyone").to_owned(),
        };
        let choice = Choice {
            value: reply.id.to_string(),
            name: reply.title,
            selected: false,
        };
        match groups.last_mut() {
            Some(group) if group.name == name => group.choices.push(choice),
            _ => groups.push(ChoiceGroup {
                name,
                choices: vec![choice],
            }),
        }
    }
    groups
}
