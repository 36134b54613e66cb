//! The page's entry point: nothing but the mount.

fn main() {
    chartroom::mount();
}
