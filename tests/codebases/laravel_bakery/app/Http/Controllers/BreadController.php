<?php

namespace App\Http\Controllers;

use App\Http\Requests\StoreBread;
use Illuminate\Http\Request;

class BreadController extends Controller
{
    public function __construct()
    {
        $this->middleware('auth:sanctum')->except(['index', 'show']);
    }

    public function index(Request $request)
    {
        return Bread::where('grain', $request->query('grain'))->get();
    }

    public function show($bread, Request $request)
    {
        return $request->header('X-Unit');
    }

    public function store(StoreBread $request)
    {
        return Bread::create($request->only(['name', 'grain']));
    }

    public function update(Request $request, $bread)
    {
        $this->authorize('update', $bread);

        return $request->input('name');
    }

    public function destroy($bread)
    {
    }
}
