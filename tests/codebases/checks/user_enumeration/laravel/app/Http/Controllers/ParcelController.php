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
    public function login(Request $request)
    {
        $member = Member::where('email', $request->input('email'))->first();
        if (!$member) {
            // ruleid: user-enumeration
            return response()->json(['message' => 'User not found'], 404);
        }
        if (!Hash::check($request->input('password'), $member->password)) {
            return response()->json(['message' => 'Wrong password'], 401);
        }
        return response()->json(['token' => $member->createToken('api')]);
    }
}
