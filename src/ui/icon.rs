//! Line icons, drawn here: no font and no request.

use leptos::prelude::*;

fn path(name: &str) -> &'static str {
    match name {
        "logo" => "M4 17.5 12 21l8-3.5M4 12l8 3.5L20 12M12 3 4 6.5 12 10l8-3.5Z",
        "download" => "M12 4v11m-4.5-4L12 15.5 16.5 11M5 20h14",
        "undo" => "M9 7 4.5 11.5 9 16M5 11.5h9a5 5 0 0 1 0 10h-2",
        "redo" => "m15 7 4.5 4.5L15 16m4-4.5h-9a5 5 0 0 0 0 10h2",
        "sun" => {
            "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8Zm0-5v1.5m0 15V21M4.2 4.2l1 1m13.6 13.6 1 1M3 12h1.5m15 0H21M4.2 19.8l1-1M18.8 5.2l1-1"
        }
        "moon" => "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.500 10.500Z",
        "auto" => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 0v18",
        "warning" => "M12 4 2.500 20h19Zm0 6v4.500m0 2.500v.5",
        "error" => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 5v5m0 3v.5",
        "check" => "m5 12.500 4.500 4.500L19 7.500",
        "close" => "m6 6 12 12M18 6 6 18",
        "form" => "M4 6h16M4 12h10M4 18h13",
        "preview" => "m9 8-5 4 5 4m6-8 5 4-5 4",
        "findings" => "M9 5h11M9 12h11M9 19h11M4 5h.5M4 12h.5M4 19h.5",
        "reset" => "M5 12a7 7 0 1 0 2.500-5.400M5 4v4.500h4.500",
        "copy" => "M9 9h11v11H9ZM5 15H4V4h11v1",
        "eye" => {
            "M2.500 12s3.500-6.500 9.500-6.500 9.500 6.500 9.500 6.500-3.500 6.500-9.500 6.500S2.500 12 2.500 12Zm9.500-2.800a2.800 2.800 0 1 0 0 5.600 2.800 2.800 0 0 0 0-5.600Z"
        }
        "dice" => "M5 5h14v14H5Zm3.500 3.500h.5m6.500 0h.5M12 12h.5m-4 3.500h.5m6.500 0h.5",
        "chevron" => "m8 10 4 4 4-4",
        "list" => "M4 6h3M10 6h10M4 12h3M10 12h10M4 18h3M10 18h10",
        "up" => "m6 14 6-6 6 6",
        "down" => "m6 10 6 6 6-6",
        "add" => "M12 5v14M5 12h14",
        "folder" => "M3.500 6.500h6l2 2.500h9v10h-17Z",
        "search" => {
            "M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13Zm5 11.500L20.500 20.500"
        }
        "compare" => "M5 4h5v16H5ZM14 4h5v16h-5Z",
        "package" => "M12 3 4 7v10l8 4 8-4V7Zm0 18V11M4 7l8 4 8-4",
        "link" => {
            "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1"
        }
        _ => "",
    }
}

/// An icon by name; decoration, so screen readers skip it.
#[component]
pub fn Icon(name: &'static str) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d=path(name) />
        </svg>
    }
}
