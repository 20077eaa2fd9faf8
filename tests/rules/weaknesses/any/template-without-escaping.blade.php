{{-- ruleid: template-without-escaping --}}
<p>{!! $post->body !!}</p>
{{-- ok: template-without-escaping --}}
<p>{{ $post->body }}</p>
{{-- ok: template-without-escaping --}}
<div>{!! $posts->links() !!}</div>
