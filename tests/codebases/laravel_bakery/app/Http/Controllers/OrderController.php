<?php

namespace App\Http\Controllers;

class OrderController extends Controller
{
    public function index() {}
    public function store() {}
    public function card() {}
}
