<?php

use App\Http\Controllers\ParcelController;
use Illuminate\Support\Facades\Route;

Route::post('/a', [ParcelController::class, 'broad']);
Route::post('/b', [ParcelController::class, 'own']);
