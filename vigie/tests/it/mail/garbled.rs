//! Whatever is said at the door, in whatever pieces: it stays open for the next, keeps what it acknowledged and nothing
//! else, and nothing said there makes the desk itself fail. Sessions are made from plain numbers (`damage.rs`).

use tokio::io::AsyncReadExt;
use vigie::mail::receive::Limits;

use super::damage::Damage;
use super::*;
use crate::world::chance;

/// How many sessions, each on a connection of its own.
const SESSIONS: usize = 250;

/// What senders say, and what nobody should.
const SAID: &[&[u8]] = &[
    b"EHLO sender.example.org\r\n",
    b"LHLO sender.example.org\r\n",
    b"HELO sender\r\n",
    b"MAIL FROM:<sender@example.org>\r\n",
    b"MAIL FROM:<>\r\n",
    b"MAIL FROM:<sender@example.org> SIZE=1000 BODY=8BITMIME SMTPUTF8\r\n",
    b"MAIL FROM:<sen\0der@example.org>\r\n",
    b"MAIL FROM:<\xc3\xa9\x1b[2J@example.org>\r\n",
    b"RCPT TO:<help@nordet.example>\r\n",
    b"RCPT TO:<help+1.2.x@nordet.example>\r\n",
    b"RCPT TO:<help+\0@nordet.example>\r\n",
    b"RCPT TO:<\"help+a b\"@nordet.example>\r\n",
    b"RCPT TO:<payroll@nordet.example>\r\n",
    b"DATA\r\n",
    b"From: somebody@example.org\r\nSubject: S\r\n\r\nText\r\n",
    b"..\r\n",
    b"\r\n.\r\n",
    b"\n.\n",
    b"\r.\r",
    b"BDAT 4 LAST\r\nabcd",
    b"RSET\r\n",
    b"NOOP\r\n",
    b"VRFY help\r\n",
    b"STARTTLS\r\n",
    b"AUTH PLAIN AGEAYg==\r\n",
    b"XCLIENT ADDR=127.0.0.1\r\n",
    b"GET / HTTP/1.1\r\nHost: desk\r\n\r\n",
    b"\xff\xf4\xff\xfd\x06",
    b"\0\r\n",
    b"QUIT\r\n",
];

/// What one of them says, and how many bytes of it at a time.
fn drawn(damage: &mut Damage) -> Vec<Vec<u8>> {
    // Half of them begin as they should, or hardly any would come as far as a letter.
    let mut pieces: Vec<Vec<u8>> = match damage.below(2) {
        0 => [0, 3, 8, 13, 14, 16]
            .iter()
            .map(|n| SAID[*n].to_vec())
            .collect(),
        _ => vec![],
    };
    for _ in 0..damage.below(8) {
        let at = damage.below(pieces.len() + 1);
        let piece = SAID[damage.below(SAID.len())].to_vec();
        pieces.insert(at, piece);
    }
    if damage.below(3) == 0 {
        let all = pieces.concat();
        let size = 1 + damage.below(40);
        return all.chunks(size).map(<[u8]>::to_vec).collect();
    }
    pieces
}

/// Says it and listens until the door closes.
async fn conversation(door: &Door, pieces: &[Vec<u8>]) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", door.port)).await.unwrap();
    let mut heard = Vec::new();
    for piece in pieces {
        if stream.write_all(piece).await.is_err() {
            break;
        }
        // Who waits is answered; who does not has said too much at once.
        let mut some = [0; 4096];
        let answer = tokio::time::timeout(Duration::from_millis(2), stream.read(&mut some)).await;
        if let Ok(Ok(read)) = answer {
            heard.extend_from_slice(&some[..read]);
        }
    }
    let _ = stream.shutdown().await;
    let _ = stream.read_to_end(&mut heard).await;
    String::from_utf8_lossy(&heard).into_owned()
}

on_both_engines! {
    /// Faults IN-20, IN-21: what is not acknowledged is not kept, and the other way round.
    async fn whatever_is_said_at_the_door_it_keeps_what_it_acknowledged_and_stays_open(w) {
        let post = post(w).await;
        let limits = Limits { silence: Duration::from_millis(400), most_bytes: 4_000, ..Limits::default() };
        let door = open_door(&post, limits).await;
        let (seed, _) = chance();
        let mut damage = Damage::from(seed, vec![]);
        let (mut kept, mut refused) = (0, 0);
        for n in 0..SESSIONS {
            let pieces = drawn(&mut damage);
            let before = count(w, "incoming").await;
            let heard = conversation(&door, &pieces).await;
            let shown = || format!("VIGIE_TEST_SEED={seed}, session {n}: {}\n{heard}", String::from_utf8_lossy(&pieces.concat()));
            assert!(heard.starts_with("220 "), "{}", shown());
            // 451 is our own fault, and its sender would come back for ever.
            assert!(heard.lines().all(|line| !line.starts_with("451")), "{}", shown());
            let acknowledged = heard.lines().filter(|line| line.starts_with("250 2.6.0")).count();
            let more = usize::try_from(count(w, "incoming").await - before).unwrap();
            assert!(more == 0 || acknowledged > 0, "{}", shown());
            kept += acknowledged;
            refused += heard.lines().filter(|line| line.starts_with('5')).count();
        }
        assert!(kept > SESSIONS / 10 && refused > SESSIONS, "{kept} kept, {refused} refused");
        assert!(count(w, "incoming").await > 0);
        work(&post).await;
        let mut caller = Caller::to(&door).await;
        caller.announce(&[BLUE]).await;
        caller.say(&letter("fay@nordet.example", BLUE, "After all that", "", "Still there?")).await;
        assert!(caller.ask(".").await.starts_with("250"));
    }
}
