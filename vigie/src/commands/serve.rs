//! `vigie serve`: everything in one process, until told to stop.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use clap::Args;
use kit::clock::Clock;
use kit::config::{Config, Refusal};
use kit::ids::Dice;
use kit::jobs::Takes;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::sentence;
use crate::house::{App, House, Opening};
use crate::mail::mailboxes::keeper::{self, Pace, Taking};
use crate::mail::outbox_store;
use crate::mail::receive::{self, Limits, Reception, Trust};
use crate::mail::spool::Spool;
use crate::web::health;
use crate::{jobs, live, routes, search, setup, timers};

/// Options of `vigie serve`.
#[derive(Clone, Copy, Debug, Default, Args)]
pub struct Options {
    /// Refuse to start on a database that is not at this version, instead of bringing it there
    #[arg(long)]
    pub no_migrate: bool,
}

/// How long requests and jobs may take to finish once we are told to stop.
const PATIENCE: Duration = Duration::from_secs(20);

/// Runs the command.
pub async fn run(mut config: Config, options: &Options) -> Result<(), Refusal> {
    let listener = bind_web(&mut config).await?;
    let letters = match config.smtp_listen {
        Some(address) => Some(bind(address, "smtp_listen").await?),
        None => None,
    };
    let opening = if options.no_migrate {
        Opening::AsItIs
    } else {
        Opening::Migrating
    };
    let house = House::open_with(config, Clock::system(), Dice::fair(), opening, false).await?;
    let app: App = Arc::new(house);
    let mut running = start(&app, listener).await?;
    println!("Vigie answers at {}", app.config.public_url);
    if let Some(letters) = letters {
        println!("Mail comes in at {}", address_of(&letters));
        running.take_letters(&app, letters);
    }
    running.look_into_mailboxes(&app);
    if let Some(address) = app.config.metrics_listen {
        println!("Metrics at http://{address}/metrics");
    }
    if !app.desk().has_owner {
        let link = setup::owner_link(&app.db, &app.config.public_url, app.clock.now(), &app.dice)
            .await
            .map_err(sentence)?;
        println!("Create the account owner (this link works once, for 24 hours):\n  {link}");
    }
    running.until_told(&app).await;
    Ok(())
}

fn address_of(listener: &TcpListener) -> String {
    listener
        .local_addr()
        .map_or_else(|_| "?".to_owned(), |address| address.to_string())
}

/// Takes the web's address. With port 0 the machine chooses, and `config` then names its choice,
/// in `public_url` too unless the operator set it.
///
/// # Errors
/// One sentence that says what to do.
pub async fn bind_web(config: &mut Config) -> Result<TcpListener, Refusal> {
    let listener = bind(config.listen, "listen").await?;
    let actual = listener.local_addr().unwrap_or(config.listen);
    if config.public_url == format!("http://{}", config.listen) {
        config.public_url = format!("http://{actual}");
    }
    config.listen = actual;
    Ok(listener)
}

/// Takes an address, or says which setting to change.
///
/// # Errors
/// One sentence that says what to do.
pub async fn bind(address: SocketAddr, setting: &str) -> Result<TcpListener, Refusal> {
    TcpListener::bind(address).await.map_err(|e| {
        let flag = setting.replace('_', "-");
        Refusal(match e.kind() {
            std::io::ErrorKind::AddrInUse => format!(
                "The address {address} is taken by another program; stop that one, or choose another with --{flag}."
            ),
            std::io::ErrorKind::PermissionDenied => format!(
                "This user may not listen at {address}; choose a port above 1023 with --{flag}."
            ),
            std::io::ErrorKind::AddrNotAvailable => format!(
                "This machine does not have the address {address}; choose another with --{flag}."
            ),
            _ => format!("The address {address} cannot be used ({e}); choose another with --{flag}."),
        })
    })
}

/// Doors and workers under way.
pub struct Running {
    stop: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

/// Starts doors and workers.
///
/// # Errors
/// One sentence that says what to do.
pub async fn start(app: &App, listener: TcpListener) -> Result<Running, Refusal> {
    let (stop, stopped) = watch::channel(false);
    let mut tasks = JoinSet::new();
    app.passwords.prepare().map_err(sentence)?;
    open_door(&mut tasks, listener, routes::router(app), stopped.clone());
    if let Some(address) = app.config.metrics_listen {
        let router = Router::new()
            .route("/metrics", get(health::metrics))
            .with_state(app.clone());
        let listener = bind(address, "metrics_listen").await?;
        open_door(&mut tasks, listener, router, stopped.clone());
    }
    // What waited for a relay may leave if there is one now.
    if app.post.relay.is_some() || app.is_demo {
        let mut tx = app.db.write().await.map_err(sentence)?;
        outbox_store::release_waiting(&mut tx, app.clock.now())
            .await
            .map_err(sentence)?;
        tx.commit().await.map_err(sentence)?;
    }
    // Before anybody works: a job let go of while it runs would be run twice at once, and its mail sent twice.
    let released = kit::jobs::release_leases(&app.db).await.map_err(sentence)?;
    if released > 0 {
        tracing::info!(released, "taking up again what was under way");
    }
    // One hands mails over, so that they leave in the order they are due, and nothing waits for a slow relay.
    let mails = outbox_store::SEND_MAIL;
    for takes in [
        Takes::Only(mails),
        Takes::AllBut(mails),
        Takes::AllBut(mails),
    ] {
        let worker = app.clone();
        tasks.spawn(kit::jobs::run_forever(
            app.db.clone(),
            app.clock.clone(),
            app.dice.clone(),
            takes,
            Arc::new(move |job| jobs::run(worker.clone(), job)),
            stopped.clone(),
        ));
    }
    tasks.spawn(live::hub::keep(
        app.live.clone(),
        app.db.clone(),
        stopped.clone(),
    ));
    tasks.spawn(search::index::keep_up(app.db.clone(), stopped));
    timers::wind(app).await.map_err(sentence)?;
    Ok(Running { stop, tasks })
}

fn open_door(
    tasks: &mut JoinSet<()>,
    listener: TcpListener,
    router: Router,
    mut stopped: watch::Receiver<bool>,
) {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    tasks.spawn(async move {
        let served = axum::serve(listener, service)
            .with_graceful_shutdown(async move {
                // Gone means told to stop, too.
                let _ = stopped.wait_for(|stop| *stop).await;
            })
            .await;
        if let Err(error) = served {
            tracing::error!(%error, "the web door closed by itself");
        }
    });
}

impl Running {
    /// A receiver that turns true when everything is to stop, for further doors.
    pub fn stopped(&self) -> watch::Receiver<bool> {
        self.stop.subscribe()
    }

    /// Adds a task that ends when everything stops.
    pub fn also(&mut self, task: impl Future<Output = ()> + Send + 'static) {
        self.tasks.spawn(task);
    }

    /// Takes letters at this door until everything stops.
    pub fn take_letters(&mut self, app: &App, listener: TcpListener) {
        let reception = Arc::new(Reception {
            db: app.db.clone(),
            spool: Spool::start(app.db.clone(), app.clock.clone()),
            name: app.post.host(),
            own_address: app.config.mail_from.clone(),
            limits: Limits::default(),
            trust: Trust {
                receivers: app.config.trusted_receivers.join(" "),
                is_first: app.config.check_senders,
            },
        });
        let stopped = self.stopped();
        self.also(receive::serve(listener, reception, stopped));
    }

    /// Takes the letters of mailboxes on other servers until everything stops.
    pub fn look_into_mailboxes(&mut self, app: &App) {
        let taking = Taking::new(
            (app.db.clone(), app.clock.clone(), app.dice.clone()),
            Arc::clone(&app.seal),
            Arc::clone(&app.dialer),
            Pace::default(),
            letter::MOST_BYTES,
        );
        let stopped = self.stopped();
        self.also(keeper::keep(Arc::new(taking), stopped));
    }

    /// Works until SIGTERM or SIGINT, then lets what is under way finish.
    pub async fn until_told(self, app: &App) {
        let (Ok(mut terminate), Ok(mut interrupt)) = (
            signal(SignalKind::terminate()),
            signal(SignalKind::interrupt()),
        ) else {
            tracing::error!("this system gives no signals; stopping");
            return self.end(app).await;
        };
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        self.end(app).await;
    }

    /// Stops: no new request, no new job; what is under way finishes.
    pub async fn end(mut self, app: &App) {
        tracing::info!("stopping");
        let _ = self.stop.send(true);
        let finished = tokio::time::timeout(PATIENCE, async {
            while self.tasks.join_next().await.is_some() {}
            app.finish_errands().await;
        });
        if finished.await.is_err() {
            tracing::warn!("some requests did not finish in time");
        }
        app.db.close().await;
    }
}
