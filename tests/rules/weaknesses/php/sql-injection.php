<?php
$id = $_GET["id"];
// ruleid: sql-injection
mysqli_query($db, "SELECT * FROM users WHERE id = $id");
// ruleid: sql-injection
$pdo->query("SELECT * FROM users WHERE name = '" . $_POST["name"] . "'");
$statement = $pdo->prepare("SELECT * FROM users WHERE id = ?");
// ok: sql-injection
$statement->execute([$id]);
// ok: sql-injection
mysqli_query($db, "SELECT * FROM users WHERE id = " . intval($id));
// ok: sql-injection
$pdo->query("SELECT 1");
$text = sprintf("SELECT * FROM a WHERE b = '%s'", $_GET["b"]);
// ruleid: sql-injection
$pdo->query($text);
class Repo {
    function run($statement) {
        // ruleid: sql-injection
        return $this->db->query($statement);
    }
    function all() {
        return $this->run("SELECT * FROM a WHERE b = '" . $_GET["b"] . "'");
    }
    function find($request) {
        // ruleid: sql-injection
        User::whereRaw("name = '" . $request->input("name") . "'")->get();
        // ok: sql-injection
        User::where("name", $request->input("name"))->get();
    }
    function by($name) {
        // ruleid: sql-injection
        return $this->db->query("SELECT * FROM a WHERE name = '$name'");
    }
}
