<?php

use App\Http\Controllers\ParcelController;
use Illuminate\Support\Facades\Route;

Route::middleware('auth:sanctum')->group(function () {
    Route::post('/members', [ParcelController::class, 'member']);
    Route::put('/profile', [ParcelController::class, 'profile']);
    Route::post('/checked', [ParcelController::class, 'checked']);
    Route::post('/parcels', [ParcelController::class, 'parcel']);
});
