<?php
function store($request) {
    // ruleid: schema-validation
    $request->validate(["name" => "required"]);
    // ok: schema-validation
    $request->all();
}
