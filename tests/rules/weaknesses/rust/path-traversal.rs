use rocket::fs::NamedFile;
use std::fs;
use std::path::Path;

#[get("/files/<name>")]
async fn file(name: &str, root: &State<Folder>) -> Option<NamedFile> {
    // ruleid: path-traversal
    let text = fs::read_to_string(format!("/srv/files/{name}")).ok()?;
    let whole = Path::new("/srv/files").join(name);
    let last = Path::new(name).file_name()?;
    // ok: path-traversal
    fs::remove_file(Path::new("/srv/files").join(last)).ok()?;
    // ok: path-traversal
    fs::read_to_string("/etc/motd").ok()?;
    // ruleid: path-traversal
    NamedFile::open(whole).await.ok()
}
