<?php

use App\Http\Controllers\ParcelController;
use Illuminate\Support\Facades\Route;

Route::post('/login', [ParcelController::class, 'login']);
Route::post('/slow/login', [ParcelController::class, 'loginSlowly'])->middleware('throttle:5,1');
