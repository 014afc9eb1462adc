//! The form of an article, its preview, and what comes of it.

use axum::extract::{Path, State as Of};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Because, Error, Fields};
use kit::web::form::Form;
use pages::fields::{Conflict, Standing};
use pages::frame::{Section, Tone};
use pages::knowledge::{ArticlePreview, EditArticlePage};
use pages::tickets::Choice;
use words::language::Language;

use crate::audit::Pen;
use crate::departments::{self, CategoryId, DepartmentId};
use crate::house::{App, House};
use crate::knowledge::rights::Keep;
use crate::knowledge::views::{audience_view, by_department, number, said};
use crate::knowledge::{self, Article, Audience, Wanted, verbs};
use crate::policy::permission;
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::{page, page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::{AgentVisitor, Visitor};

/// The addresses of the form.
pub fn routes() -> Vec<Route> {
    vec![
        post("/knowledge", Who::Staff, create),
        get("/knowledge/new", Who::Staff, new),
        post("/knowledge/preview", Who::Staff, preview),
        post("/knowledge/{id}", Who::Staff, change),
        get("/knowledge/{id}/edit", Who::Staff, edit),
    ]
}

/// What was typed, or what stands.
struct Typed {
    title: String,
    body: String,
    language: Language,
    audience: Audience,
    department: Option<DepartmentId>,
    categories: Vec<i64>,
}

impl Typed {
    fn of(form: &Form) -> Typed {
        Typed {
            title: form.text("title").to_owned(),
            body: form.raw("body").replace("\r\n", "\n").trim_end().to_owned(),
            language: Language::parse(form.text("language")).unwrap_or(Language::French),
            audience: Audience::of(form.text("audience")).unwrap_or(Audience::Staff),
            department: form.text("department").parse().ok().map(DepartmentId),
            categories: form
                .all("categories")
                .filter_map(|it| it.parse().ok())
                .collect(),
        }
    }

    fn standing(article: &Article, categories: Vec<i64>) -> Typed {
        Typed {
            title: article.title.clone(),
            body: article.body.clone(),
            language: article.language(),
            audience: article.audience,
            department: article.department_id,
            categories,
        }
    }

    fn wanted(&self) -> Wanted {
        Wanted {
            title: self.title.clone(),
            body: self.body.clone(),
            language: self.language,
            categories: self.categories.iter().map(|it| CategoryId(*it)).collect(),
        }
    }

    /// What stands and what was typed, where that differs.
    fn against(&self, article: &Article) -> Vec<Standing> {
        let name =
            |language: Language| words::catalogue::say(language, "admin-language-name").to_owned();
        let same_department = self.department == article.department_id;
        let mut all = vec![];
        let mut put = |label, differs: bool, value: String| {
            if differs {
                all.push(Standing { label, value });
            }
        };
        put(
            "knowledge-article-title",
            self.title.trim() != article.title,
            article.title.clone(),
        );
        put(
            "knowledge-body",
            self.body != article.body,
            article.body.clone(),
        );
        put(
            "knowledge-language",
            self.language != article.language(),
            name(article.language()),
        );
        put(
            "knowledge-department",
            !same_department,
            article.department.clone().unwrap_or_default(),
        );
        all
    }
}

/// How the form comes.
struct Come {
    faults: Fields,
    status: StatusCode,
    has_preview: bool,
}

impl Come {
    fn first() -> Come {
        Come {
            faults: Fields::default(),
            status: StatusCode::OK,
            has_preview: false,
        }
    }
}

/// The form: of an article that stands, or of a new one.
async fn form_page(
    app: &House,
    visitor: &Visitor,
    standing: Option<&Article>,
    typed: Typed,
    come: Come,
) -> Result<Response, Fail> {
    let (actor, mut db) = (&visitor.actor, app.db.read());
    let (mut audiences, mut departments) = knowledge::shelves(&mut db, actor).await?;
    let places = departments::places(&mut db).await?;
    // What stands can be chosen again by whoever keeps it.
    if let Some(article) = standing {
        if !audiences.contains(&article.audience) {
            audiences.push(article.audience);
        }
        if let Some((id, name)) = article.department_id.zip(article.department.clone())
            && departments.iter().all(|it| it.id != id)
        {
            departments.push(departments::DepartmentName { id, name });
        }
    }
    let conflict = match standing {
        Some(article) if come.status == StatusCode::CONFLICT => Some(Conflict {
            by: article.editor.clone(),
            standing: typed.against(article),
        }),
        _ => None,
    };
    let frame = visitor.frame(app, Section::Knowledge, None).await?;
    let template = EditArticlePage {
        frame: match standing {
            Some(it) => frame.on("article", it.id.0, it.version),
            None => frame.adding(),
        },
        id: standing.map(|it| it.id.0),
        version: standing.map_or(1, |it| it.version),
        preview: come
            .has_preview
            .then(|| letter::markdown::to_html(&typed.body)),
        language: typed.language,
        audience: audience_view(typed.audience),
        audiences: audiences.into_iter().map(audience_view).collect(),
        departments: departments
            .into_iter()
            .map(|it| Choice {
                value: it.id.to_string(),
                selected: typed.department == Some(it.id),
                name: it.name,
            })
            .collect(),
        categories: by_department(&places, &typed.categories),
        faults: said(&come.faults, &visitor.words),
        title: typed.title,
        body: typed.body,
        conflict,
    };
    Ok(page_with(come.status, &template))
}

/// For whom a new article is unless somebody says otherwise, and of which department.
async fn first_shelf(
    app: &House,
    visitor: &Visitor,
) -> Result<(Audience, Option<DepartmentId>), Error> {
    let (audiences, departments) = knowledge::shelves(&mut app.db.read(), &visitor.actor).await?;
    match audiences.as_slice() {
        [] => Err(Error::Forbidden(Because(permission::KNOWLEDGE))),
        [Audience::Department] => Ok((Audience::Department, departments.first().map(|it| it.id))),
        _ => Ok((Audience::Authenticated, None)),
    }
}

async fn new(Of(app): Of<App>, AgentVisitor(visitor): AgentVisitor) -> Result<Response, Fail> {
    // Whoever may write none is told so before they do.
    let (audience, department) = first_shelf(&app, &visitor).await?;
    let typed = Typed {
        title: String::new(),
        body: String::new(),
        language: visitor.words.language,
        audience,
        department,
        categories: vec![],
    };
    form_page(&app, &visitor, None, typed, Come::first()).await
}

async fn edit(
    Of(app): Of<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let (actor, mut db) = (&visitor.actor, app.db.read());
    let article = knowledge::find::<Keep>(&mut db, actor, number(&id)?).await?;
    let categories = knowledge::categories_of(&mut db, actor, article.id).await?;
    let chosen = categories.into_iter().map(|it| it.id.0).collect();
    let typed = Typed::standing(&article, chosen);
    form_page(&app, &visitor, Some(&article), typed, Come::first()).await
}

async fn preview(
    Of(app): Of<App>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, typed) = (visitor.0, Typed::of(&form));
    first_shelf(&app, &visitor).await?;
    if form.is_ticked("fragment") {
        let frame = visitor.frame(&app, Section::Knowledge, None).await?;
        let preview = letter::markdown::to_html(&typed.body);
        return Ok(page(&ArticlePreview { frame, preview }));
    }
    let come = Come {
        has_preview: true,
        ..Come::first()
    };
    match form.optional("article") {
        None => form_page(&app, &visitor, None, typed, come).await,
        Some(id) => {
            let id = number(id)?;
            let article = knowledge::find::<Keep>(&mut app.db.read(), &visitor.actor, id).await?;
            // The form keeps the version that was seen: what a colleague did meanwhile is told when it is sent.
            let standing = Article {
                version: form.number("version", "fault-version")?,
                ..(*article).clone()
            };
            form_page(&app, &visitor, Some(&standing), typed, come).await
        }
    }
}

async fn create(
    Of(app): Of<App>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, typed) = (visitor.0, Typed::of(&form));
    let actor = &visitor.actor;
    let added = async {
        let mut tx = app.db.write().await?;
        let shelf = knowledge::shelf(&mut tx, actor, typed.audience, typed.department).await?;
        let id = verbs::add(&mut tx, &shelf, actor, &typed.wanted(), visitor.now()).await?;
        tx.commit().await?;
        Ok(id)
    }
    .await;
    match added {
        Ok(id) => Ok(see_other(
            &format!("/knowledge/{id}"),
            Some((Tone::Ok, "knowledge-said-added")),
        )),
        Err(Error::Invalid(faults)) => {
            let come = Come {
                faults,
                status: StatusCode::UNPROCESSABLE_ENTITY,
                has_preview: false,
            };
            form_page(&app, &visitor, None, typed, come).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn change(
    Of(app): Of<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, typed, id) = (visitor.0, Typed::of(&form), number(&id)?);
    let seen = form.number("version", "fault-version")?;
    let actor = &visitor.actor;
    let changed = async {
        let mut tx = app.db.write().await?;
        let article = knowledge::find_to_change::<Keep>(&mut tx, actor, id).await?;
        let shelf = knowledge::shelf(&mut tx, actor, typed.audience, typed.department).await?;
        let pen = Pen::of(actor, visitor.now());
        verbs::change(&mut tx, &article, &shelf, Some(seen), &typed.wanted(), pen).await?;
        tx.commit().await
    }
    .await;
    let (faults, status) = match changed {
        Ok(()) => {
            return Ok(see_other(
                &format!("/knowledge/{id}"),
                Some((Tone::Ok, "knowledge-said-saved")),
            ));
        }
        Err(Error::Invalid(faults)) => (faults, StatusCode::UNPROCESSABLE_ENTITY),
        Err(Error::Conflict(_)) => (Fields::default(), StatusCode::CONFLICT),
        Err(other) => return Err(other.into()),
    };
    let standing = knowledge::find::<Keep>(&mut app.db.read(), actor, id).await?;
    let come = Come {
        faults,
        status,
        has_preview: false,
    };
    form_page(&app, &visitor, Some(&standing), typed, come).await
}
