<?php

use Illuminate\Support\Facades\Route;

Route::get('/heat', function () { return request('degrees'); });
