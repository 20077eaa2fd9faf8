<?php

use App\Http\Controllers\ParcelController;
use Illuminate\Support\Facades\Route;

Route::middleware('auth:sanctum')->group(function () {
    Route::post('/admin/members/remove', [ParcelController::class, 'remove']);
    Route::post('/admin/members/lock', [ParcelController::class, 'lock'])->middleware('role:admin');
});
