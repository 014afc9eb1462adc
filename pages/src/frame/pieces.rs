//! The pieces of what surrounds a page. What a template extends is written into each page that extends it; here it is
//! compiled once, and a page holds only what is its own.

use super::Frame;
use crate::fields::Conflict;
use crate::portal::Navigation;
use askama::Template;
use askama::filters::HtmlSafe;

/// A piece that asks for nothing but the frame.
macro_rules! of_the_frame {
    ($(#[doc = $doc:literal] $name:ident, $method:ident, $path:literal;)*) => {
        $(
            #[doc = $doc]
            #[derive(Debug, Template)]
            #[template(path = $path)]
            pub struct $name<'a> {
                frame: &'a Frame,
            }

            impl HtmlSafe for $name<'_> {}
        )*

        impl Frame {
            $(
                #[doc = $doc]
                #[must_use]
                pub fn $method(&self) -> $name<'_> {
                    $name { frame: self }
                }
            )*
        }
    };
}

of_the_frame! {
    /// What stands before the title.
    Opening, opening, "frame/opening.html";
    /// The sidebar until the lists of a section.
    Side, side, "frame/side.html";
    /// Lists of tickets, in the sidebar.
    TicketViews, ticket_views, "frame/views.html";
    /// Parts of administration, in the sidebar.
    AdministrationMenu, administration_menu, "frame/administration.html";
    /// The end of the sidebar, and what stands above every page of the desk.
    Foot, foot, "frame/foot.html";
    /// What stands behind every page of the desk: keys, colleagues, palette.
    End, end, "frame/end.html";
    /// What stands above every page of the portal.
    PortalMain, portal_main, "frame/portal_main.html";
    /// The side of pages before anybody signed in.
    SignedOut, signed_out, "frame/signed_out.html";
}

/// From the title to the body.
#[derive(Debug, Template)]
#[template(path = "frame/head.html")]
pub struct Head;

/// The body's element, with what scripts read of it, and what every page begins with.
#[derive(Debug, Template)]
#[template(path = "frame/body.html")]
pub struct Body<'a> {
    frame: &'a Frame,
    class: &'static str,
}

impl HtmlSafe for Head {}
impl HtmlSafe for Body<'_> {}

/// The bar of the portal.
#[derive(Debug, Template)]
#[template(path = "frame/portal_top.html")]
pub struct PortalTop<'a> {
    frame: &'a Frame,
    navigation: &'a Navigation,
}

/// The end of a page of the portal.
#[derive(Debug, Template)]
#[template(path = "frame/portal_end.html")]
pub struct PortalEnd<'a> {
    frame: &'a Frame,
    navigation: &'a Navigation,
}

/// What somebody else saved first, above a form of administration.
#[derive(Debug, Template)]
#[template(path = "frame/conflict.html")]
pub struct Conflicting<'a> {
    frame: &'a Frame,
    conflict: Option<&'a Conflict>,
}

impl HtmlSafe for Conflicting<'_> {}
impl HtmlSafe for PortalTop<'_> {}
impl HtmlSafe for PortalEnd<'_> {}

impl Frame {
    /// From the title to the body.
    #[must_use]
    pub fn head(&self) -> Head {
        Head
    }

    /// The body's element, of this class or of none, and what every page begins with.
    #[must_use]
    pub fn body(&self, class: &'static str) -> Body<'_> {
        Body { frame: self, class }
    }

    /// The bar of the portal.
    #[must_use]
    pub fn portal_top<'a>(&'a self, navigation: &'a Navigation) -> PortalTop<'a> {
        PortalTop {
            frame: self,
            navigation,
        }
    }

    /// What somebody else saved first, if anybody did.
    #[must_use]
    pub fn conflict<'a>(&'a self, conflict: &'a Option<Conflict>) -> Conflicting<'a> {
        let conflict = conflict.as_ref();
        Conflicting {
            frame: self,
            conflict,
        }
    }

    /// The end of a page of the portal.
    #[must_use]
    pub fn portal_end<'a>(&'a self, navigation: &'a Navigation) -> PortalEnd<'a> {
        PortalEnd {
            frame: self,
            navigation,
        }
    }
}
