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
    public function show($id)
    {
        // ruleid: missing-object-authorization
        return response()->json(Parcel::findOrFail($id));
    }

    public function own(Request $request, $id)
    {
        // ok: missing-object-authorization
        return $request->user()->parcels()->findOrFail($id);
    }

    public function destroy($id)
    {
        $parcel = Parcel::find($id);
        // ruleid: missing-object-authorization
        $parcel->delete();
        return response()->noContent();
    }

    // ruleid: missing-object-authorization
    public function update(Request $request, Parcel $parcel)
    {
        $parcel->update($request->only(['note']));
        return $parcel;
    }

    // ok: missing-object-authorization
    public function seal(Parcel $parcel)
    {
        if ($parcel->owner_id !== Auth::id()) {
            abort(403);
        }
        $parcel->update(['note' => 'sealed']);
        return $parcel;
    }

    public function wipe($id)
    {
        // ruleid: missing-object-authorization
        DB::table('parcels')->where('id', $id)->delete();
        return response()->noContent();
    }

    // ok: missing-object-authorization
    public function policed(Parcel $parcel)
    {
        $this->authorize('update', $parcel);
        $parcel->update(['note' => 'seen']);
        return $parcel;
    }
}
