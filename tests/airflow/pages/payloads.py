"""Texts that try to act where they are only to be shown: HTML, scripts, SVG, Markdown, CSS, templates, terminals, writing direction, width."""

_TAGS = (
    "<script>attack()</script>",
    "<img src=x onerror=attack()>",
    "<svg onload=attack()>",
    "<svg><script>attack()</script></svg>",
    "<body onload=attack()>",
    "<iframe src=javascript:attack()></iframe>",
    "<a href=javascript:attack()>here</a>",
    "<details open ontoggle=attack()>",
    "<input autofocus onfocus=attack()>",
    "<video><source onerror=attack()></video>",
    "<math><mtext></mtext><script>attack()</script></math>",
    "<style>*{display:none}</style>",
    "<link rel=stylesheet href=//127.0.0.1:9/x.css>",
    "<meta http-equiv=refresh content=0;url=//127.0.0.1:9>",
    "<base href=//127.0.0.1:9>",
    "<form action=//127.0.0.1:9><button>go</button></form>",
    "<object data=//127.0.0.1:9></object>",
    "<embed src=//127.0.0.1:9>",
    "<template><script>attack()</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=attack()>'>",
)
_BREAKOUTS = (
    "</script><script>attack()</script>",
    "</style><script>attack()</script>",
    "</title><script>attack()</script>",
    "</textarea><script>attack()</script>",
    "</pre></code><script>attack()</script>",
    "</svg><script>attack()</script>",
    "</td></tr></table><script>attack()</script>",
    "--><script>attack()</script>",
    "]]><script>attack()</script>",
    "' onmouseover='attack()",
    '" autofocus onfocus="attack()',
    "` onmouseover=`attack()",
    "&lt;script&gt;attack()&lt;/script&gt;",
    "&#60;script&#62;attack()&#60;/script&#62;",
    "\\u003cscript\\u003eattack()\\u003c/script\\u003e",
)
_MARKDOWN = (
    "[x](javascript:attack())",
    "![x](x onerror=attack())",
    "<javascript:attack()>",
    "[x]: javascript:attack()",
    "| a | b |",
    "# heading",
    "* * *",
    "> quoted",
    "```js attack() ```",
    "- [ ] task",
)
_TEMPLATES = (
    "{{ 7 * 7 }}",
    "{% raw %}{{ attack() }}{% endraw %}",
    "${7*7}",
    "#{7*7}",
    "<%= 7 * 7 %>",
    "{{constructor.constructor('attack()')()}}",
    "@(7*7)",
    "%(secret)s %s %n",
)
_CONTROLS = ("\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\u202eevil\u202c", "\u2066a\u2069b", "\u200fright", "a\x08b", "nul\x00l")
_WIDE = ("W" * 4000, "\u2588" * 1500, "a\u0301" * 900)

PAYLOADS = (*_TAGS, *_BREAKOUTS, *_MARKDOWN, *_TEMPLATES, *_CONTROLS, *_WIDE)
