<?php
class UserController {
    function store($request) {
        // ruleid: mass-assignment
        User::create($request->all());
        // ok: mass-assignment
        User::create($request->validated());
    }
}
