<?php

namespace App\Http\Controllers;

use App\Models\Member;
use App\Models\Parcel;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Auth;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Hash;

class ParcelController extends Controller
{
    // ruleid: missing-function-authorization
    public function remove(Request $request)
    {
        Member::where('email', $request->input('email'))->delete();
        return response()->noContent();
    }

    // ok: missing-function-authorization
    public function lock(Request $request)
    {
        Member::where('email', $request->input('email'))->delete();
        return response()->noContent();
    }
}
