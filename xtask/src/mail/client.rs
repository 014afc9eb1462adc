//! An SMTP client that sends bytes as they are and says at which stage it was refused or cut off.

use anyhow::{Context, bail};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// How long a greeting is waited for.
const GREETING: Duration = Duration::from_secs(10);

/// One conversation with a server, in which several mails may be sent.
#[derive(Debug)]
pub struct Client {
    stream: BufReader<TcpStream>,
}

/// What became of a mail the server answered about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// `250` after the last dot: the server has it.
    Accepted,
    /// Another answer: the code and text, and the command it answered.
    Refused(u16, String),
}

impl Client {
    /// Connects and greets.
    pub async fn connect(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address)
            .await
            .with_context(|| format!("no mail server on {address}"))?;
        stream.set_nodelay(true)?;
        let mut client = Self {
            stream: BufReader::new(stream),
        };
        // Whoever connects in the moment in which a server is killed may be told nothing for ever: neither that it is gone.
        let greeted = tokio::time::timeout(GREETING, client.expect(220)).await;
        greeted.context("the mail server did not greet")??;
        client.command("EHLO client.example", 250).await?;
        Ok(client)
    }

    /// Sends one mail. An error means that the connection broke: whether the server has the mail is
    /// then unknown, and a client must send it again.
    pub async fn send(&mut self, from: &str, to: &[&str], mail: &[u8]) -> anyhow::Result<Outcome> {
        let mut commands = vec![format!("MAIL FROM:<{from}>")];
        commands.extend(to.iter().map(|it| format!("RCPT TO:<{it}>")));
        for command in commands {
            let (code, text) = self.ask(&command).await?;
            if !(200..300).contains(&code) {
                self.ask("RSET").await?;
                return Ok(Outcome::Refused(code, format!("{command}: {text}")));
            }
        }
        let (code, text) = self.ask("DATA").await?;
        if code != 354 {
            self.ask("RSET").await?;
            return Ok(Outcome::Refused(code, format!("DATA: {text}")));
        }
        self.stream.get_mut().write_all(&stuffed(mail)).await?;
        let (code, text) = self.answer().await?;
        if code == 250 {
            Ok(Outcome::Accepted)
        } else {
            Ok(Outcome::Refused(code, format!("end of data: {text}")))
        }
    }

    /// Says goodbye.
    pub async fn quit(mut self) -> anyhow::Result<()> {
        self.command("QUIT", 221).await
    }

    async fn command(&mut self, command: &str, wanted: u16) -> anyhow::Result<()> {
        self.stream
            .get_mut()
            .write_all(format!("{command}\r\n").as_bytes())
            .await?;
        self.expect(wanted)
            .await
            .with_context(|| command.to_owned())
    }

    async fn expect(&mut self, wanted: u16) -> anyhow::Result<()> {
        let (code, text) = self.answer().await?;
        if code != wanted {
            bail!("the mail server answered {code} {text}");
        }
        Ok(())
    }

    async fn ask(&mut self, command: &str) -> anyhow::Result<(u16, String)> {
        self.stream
            .get_mut()
            .write_all(format!("{command}\r\n").as_bytes())
            .await?;
        self.answer().await
    }

    async fn answer(&mut self) -> anyhow::Result<(u16, String)> {
        loop {
            let mut line = String::new();
            if self.stream.read_line(&mut line).await? == 0 {
                bail!("the mail server closed the connection");
            }
            let code = line
                .get(..3)
                .and_then(|it| it.parse().ok())
                .with_context(|| format!("no code in `{line}`"))?;
            if line.as_bytes().get(3) != Some(&b'-') {
                return Ok((
                    code,
                    line.get(4..).unwrap_or_default().trim_end().to_owned(),
                ));
            }
        }
    }
}

/// A mail with CRLF line ends and doubled leading dots, closed by the lone dot (RFC 5321, 4.5.2).
fn stuffed(mail: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(mail.len() + 64);
    let mut lines: Vec<&[u8]> = mail.split(|it| *it == b'\n').collect();
    if lines.last().is_some_and(|it| it.is_empty()) {
        lines.pop();
    }
    for line in lines {
        if line.first() == Some(&b'.') {
            out.push(b'.');
        }
        out.extend_from_slice(line.strip_suffix(b"\r").unwrap_or(line));
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b".\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::stuffed;

    #[test]
    fn leading_dots_are_doubled_and_every_line_ends_in_crlf() {
        assert_eq!(stuffed(b".a\nb\r\n\n..\n"), b"..a\r\nb\r\n\r\n...\r\n.\r\n");
        assert_eq!(stuffed(b"no line end"), b"no line end\r\n.\r\n");
    }
}
