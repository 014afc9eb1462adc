//! Tests of a connection: all the way to the folder, for somebody who waits for the verdict.

use kit::authz::May;
use kit::error::Error;

use super::fault::{Fault, Kind, Trouble};
use super::grants::Tools;
use super::grants::tokens;
use super::{Afterwards, MailboxAdmin, MailboxId, find, store};
use crate::mail::channels::{Channels, Keep};

/// How many times its patience a whole test of a connection may take: somebody waits for it.
const LONGEST_TEST: u32 = 2;

/// Goes all the way to the folder and says how many letters lie there.
async fn looked(tools: &Tools, mailbox: &MailboxAdmin) -> Result<u32, Trouble> {
    let patience = tools.dialer.patience() * LONGEST_TEST;
    tokio::time::timeout(patience, looks_in(tools, mailbox))
        .await
        .unwrap_or_else(|_| Err(Kind::NoAnswer.into()))
}

async fn looks_in(tools: &Tools, mailbox: &MailboxAdmin) -> Result<u32, Trouble> {
    let mut session = tokens::sign_in(tools, mailbox).await?;
    let opened = session.select(&mailbox.folder, true).await?;
    if mailbox.afterwards == Afterwards::Move && !session.has_folder(&mailbox.move_to).await? {
        return Err(Kind::TargetMissing.into());
    }
    session.leave().await;
    Ok(opened.count)
}

/// Tests the connection of a mailbox as it stands, and writes down what came of it. Nothing in the mailbox changes.
///
/// # Errors
/// `NotFound`. What is wrong with the mailbox is no error.
pub async fn test(
    tools: &Tools,
    may: &May<Keep, Channels>,
    id: MailboxId,
) -> Result<(MailboxAdmin, Result<u32, Fault>), Error> {
    let mailbox = find(&mut tools.db.read(), may, id).await?;
    let found = match looked(tools, &mailbox).await {
        Ok(count) => Ok(count),
        Err(Trouble::Fault(fault)) => Err(fault),
        // Somebody saves it at this moment.
        Err(Trouble::Lost) => Err(Kind::Dropped.into()),
        Err(Trouble::Own(error)) => return Err(error),
    };
    let mut tx = tools.db.write().await?;
    store::tested(&mut tx, id, &found, tools.clock.now()).await?;
    tx.commit().await?;
    Ok((mailbox, found))
}
