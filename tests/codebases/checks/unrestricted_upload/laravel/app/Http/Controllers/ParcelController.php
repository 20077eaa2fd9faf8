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
    public function scan(Request $request)
    {
        // ruleid: unrestricted-upload
        $request->file('document')->storeAs('scans', $request->file('document')->getClientOriginalName());
        return response()->noContent();
    }

    public function photo(Request $request)
    {
        $request->validate(['photo' => 'required|image|max:1024']);
        // ok: unrestricted-upload
        $request->file('photo')->store('photos');
        return response()->noContent();
    }
}
