//! A text is no query, for a reader or for a transaction.
use kit::db::{Ask, Reader, Tx};
use kit::error::Error;

kit::record! { struct Subject { subject: String } }

async fn asked(reader: &mut Reader, tx: &mut Tx) -> Result<(), Error> {
    let _: Vec<Subject> = reader.all("SELECT subject FROM tickets").await?;
    let _: Vec<Subject> = tx.all("SELECT subject FROM tickets").await?;
    tx.run("DELETE FROM tickets").await?;
    Ok(())
}

fn main() {}
