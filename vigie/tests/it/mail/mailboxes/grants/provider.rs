//! A provider of tokens that does what it is told, over HTTP on loopback.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use ring::digest::{SHA256, digest};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

pub const CLIENT: &str = "vigie-at-nordet";
pub const SECRET: &str = "cl13nt/s3cret+";
pub const FIRST: &str = "r3fresh-0";

/// What is answered to one question.
#[derive(Clone)]
pub enum Answers {
    /// This status with this text.
    Text(u16, String),
    /// This status with nothing, and somewhere else to go.
    Elsewhere(String),
    /// Nothing, and stays.
    Nothing,
    /// What a good provider says, once it may.
    Later(Arc<Semaphore>),
}

pub struct State {
    /// What was asked: the path, and the fields of the form.
    pub heard: Vec<(String, BTreeMap<String, String>)>,
    /// How the next questions are answered; a good provider's answers after that.
    pub next: Vec<Answers>,
    /// The one refresh token that is good.
    pub refresh: String,
    /// A refresh token is good once, and another one comes with each answer.
    pub rotates: bool,
    /// Somebody used one twice: nothing is given any more.
    pub is_robbed: bool,
    /// How long tokens hold, in seconds.
    pub lasts: i64,
    /// Codes with what is to be proven of them, and where they were sent.
    pub codes: BTreeMap<String, (String, String)>,
    given: u32,
}

#[derive(Clone)]
pub struct Provider {
    pub port: u16,
    state: Arc<Mutex<State>>,
}

impl Provider {
    pub async fn start() -> Provider {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let state = State {
            heard: vec![],
            next: vec![],
            refresh: FIRST.to_owned(),
            rotates: false,
            is_robbed: false,
            lasts: 3600,
            codes: BTreeMap::new(),
            given: 0,
        };
        let provider = Provider {
            port: listener.local_addr().unwrap().port(),
            state: Arc::new(Mutex::new(state)),
        };
        let state = Arc::clone(&provider.state);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(speak(stream, Arc::clone(&state)));
            }
        });
        provider
    }

    pub fn with<T>(&self, does: impl FnOnce(&mut State) -> T) -> T {
        does(&mut self.state.lock().unwrap())
    }

    /// An address of it.
    pub fn at(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The next question is answered like this.
    pub fn answers(&self, answers: Answers) {
        self.with(|it| it.next.push(answers));
    }

    /// How many questions were asked.
    pub fn asked(&self) -> usize {
        self.with(|it| it.heard.len())
    }

    /// Somebody goes where they were sent and says yes: the code and the state they come back with.
    pub fn allows(&self, href: &str) -> (String, String) {
        let url = url::Url::parse(href).unwrap();
        let fields: BTreeMap<String, String> = url.query_pairs().into_owned().collect();
        assert_eq!(
            (url.path(), fields["response_type"].as_str()),
            ("/authorize", "code")
        );
        assert_eq!(
            (
                fields["client_id"].as_str(),
                fields["code_challenge_method"].as_str()
            ),
            (CLIENT, "S256")
        );
        self.with(|it| {
            let code = format!("c0de-{}", it.codes.len());
            let proof = (
                fields["code_challenge"].clone(),
                fields["redirect_uri"].clone(),
            );
            it.codes.insert(code.clone(), proof);
            (code, fields["state"].clone())
        })
    }
}

async fn speak(stream: TcpStream, state: Arc<Mutex<State>>) {
    let mut stream = BufReader::new(stream);
    while answer(&mut stream, &state).await.is_some() {}
}

async fn answer(stream: &mut BufReader<TcpStream>, state: &Mutex<State>) -> Option<()> {
    let mut first = String::new();
    stream.read_line(&mut first).await.ok()?;
    let path = first.split(' ').nth(1)?.to_owned();
    let mut length = 0;
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.ok()?;
        if line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    let fields: BTreeMap<String, String> =
        url::form_urlencoded::parse(&body).into_owned().collect();
    // Dovecot asks whose a token is.
    if path.starts_with("/whose") {
        let text = r#"{"username":"support"}"#.to_owned();
        let is_ours = path.contains("token-");
        let status = if is_ours { 200 } else { 401 };
        return write(stream, status, "", &text).await;
    }
    let next = {
        let mut state = state.lock().unwrap();
        state.heard.push((path, fields.clone()));
        (!state.next.is_empty()).then(|| state.next.remove(0))
    };
    match next {
        Some(Answers::Text(status, text)) => write(stream, status, "", &text).await,
        Some(Answers::Elsewhere(to)) => {
            write(stream, 307, &format!("location: {to}\r\n"), "").await
        }
        Some(Answers::Nothing) => {
            let mut never = tokio::time::interval(Duration::from_secs(3600));
            never.tick().await;
            never.tick().await;
            None
        }
        Some(Answers::Later(gate)) => {
            gate.acquire().await.ok()?.forget();
            let (status, text) = good(&mut state.lock().unwrap(), &fields);
            write(stream, status, "", &text).await
        }
        None => {
            let (status, text) = good(&mut state.lock().unwrap(), &fields);
            write(stream, status, "", &text).await
        }
    }
}

async fn write(
    stream: &mut BufReader<TcpStream>,
    status: u16,
    more: &str,
    text: &str,
) -> Option<()> {
    let length = text.len();
    let whole = format!(
        "HTTP/1.1 {status} Said\r\ncontent-type: application/json\r\n{more}content-length: {length}\r\n\r\n{text}"
    );
    stream.write_all(whole.as_bytes()).await.ok()
}

/// What a good provider says.
fn good(it: &mut State, fields: &BTreeMap<String, String>) -> (u16, String) {
    let field = |name: &str| fields.get(name).map_or("", String::as_str);
    let refuses = |error: &str| {
        (
            400,
            format!(r#"{{"error":"{error}","error_description":"no"}}"#),
        )
    };
    if (field("client_id"), field("client_secret")) != (CLIENT, SECRET) {
        return refuses("invalid_client");
    }
    let mut refresh = None;
    match field("grant_type") {
        "client_credentials" => {}
        "refresh_token" => {
            if it.is_robbed || field("refresh_token") != it.refresh {
                it.is_robbed |= field("refresh_token").starts_with("r3fresh");
                return refuses("invalid_grant");
            }
            if it.rotates {
                it.refresh = format!("r3fresh-{}", it.given + 1);
                refresh = Some(it.refresh.clone());
            }
        }
        "authorization_code" => {
            let Some((challenge, address)) = it.codes.remove(field("code")) else {
                return refuses("invalid_grant");
            };
            let shown = digest(&SHA256, field("code_verifier").as_bytes());
            if BASE64URL_NOPAD.encode(shown.as_ref()) != challenge
                || field("redirect_uri") != address
            {
                return refuses("invalid_grant");
            }
            it.refresh = format!("r3fresh-by-{}", field("code"));
            refresh = Some(it.refresh.clone());
        }
        _ => return refuses("unsupported_grant_type"),
    }
    it.given += 1;
    let refresh = refresh.map_or(String::new(), |it| format!(r#","refresh_token":"{it}""#));
    let (n, lasts) = (it.given, it.lasts);
    let text = format!(
        r#"{{"access_token":"token-{n}","token_type":"Bearer","expires_in":{lasts}{refresh}}}"#
    );
    (200, text)
}
