<?php

use App\Http\Controllers\BreadController;
use Illuminate\Support\Facades\Route;

Route::apiResource('breads', BreadController::class);
