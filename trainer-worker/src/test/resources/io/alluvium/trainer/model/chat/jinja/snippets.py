"""Snippets of templates; facts.py asks Jinja2 what each gives."""
_EXPRESSIONS = r'''
'a' 'b' "c"
'tab\there\n\'q\' \x41 \u00e9 \U0001F600 \q \101'
"it's" ~ 'a "q"'
1_000 + 0x1F + 0b101 + 0o17
1.5e3
1_0.2_5
1e-7
123456789.123
1e16
0.1 + 0.2
1/3
2 / 2
7 // 2
-7 // 2
7 % 3
-7 % 3
7 % -3
7.5 // 2
-7.5 % 2
2 ** 10
2 ** -1
-2 ** 2
2 ** 3 ** 2
big * big
big // 7
1 + 2 * 3
(1 + 2) * 3
1 - 2 - 3
1 ~ 2 + 3
'a' + 'b' ~ 1 + 2
not true or true
not (true or true)
1 or 2
0 or 'x'
'' or [] or 'z'
1 and 2
0 and 2
no or 'd'
not no
1 < 2 < 3
1 < 3 < 2
1 == 1.0
1 == true
'a' < 'b'
[1, 2] < [1, 3]
(1, 2) == (1, 2)
[1] == (1,)
'a' in 'abc'
'z' not in 'abc'
1 in [1, 2]
1.0 in [1, 2]
'b' in d
'x' in d.a
3 in range(5)
not 1 in [1]
1 if t else 2
1 if not t else 2
'x' if false
('x' if false) is defined
1 if false else 2 if false else 3
[1,'a',None,True,2.0,-0.0]
(1,)
()
(1, 'b')
{'a': 1, 'b': [1, {'c': none}]}
{}
{1: 'a', 1.0: 'b', true: 'c'}
'é😀\n\t\\ \'"'|list
['it\'s', "q\"", 'both\'"', '\x00\x7f\u200b']
[1, 2] + [3]
(1,) + (2,)
[0] * 3
3 * 'ab'
'=' * 3
'ab' * -1
s[0]
s[-1]
s[99]
s[1:4]
s[::-1]
s[::2]
s[-3:]
s[:-3]
s[5:1:-1]
u[3]
u[::-1]
u|length
nums[::-1]
nums[1:]
nums[-2:]
nums[0:10:2]
nums[5]
range(10)[2:5]|list
range(10)[::-1]|list
range(3)
d.b
d['b']
d.items
d['items']
d.missing
d['k k'].deep[1]
d['k k']['deep'].0
d.a.1
d.get('zz')
d.get('zz', 'dflt')
d.keys()
d.values()|list
d.items()|length
d.keys()|list
d.copy() == d
no.x
n.real
missing
missing.x
missing['x']
missing + 1
missing == missing2
missing|length
missing is defined
missing in [1]
'a' in missing
1 in missing
missing[1:]
-missing
no
t
f
big
'%s' % 'x'
'%s and %s' % ('a', 1)
'%d%%' % 5
'%5.2f|%-5s|%05d' % (3.14159, 'ab', 42)
'%(a)s-%(b)r' % {'a': 1, 'b': 'q'}
'%x %X %o %e %g' % (255, 255, 8, 12345.678, 0.0001)
'%s' % [1]
'%s' % no
'%r' % 'x'
'%c' % 'y'
'%+d % d' % (3, 4)
'%s' % (1, 2)
'%d' % 'x'
'%.3s' % 'abcdef'
'%*d' % (5, 3)
'{}'.format('x')
'{} {}'.format(1, 'b')
'{1}{0}'.format('a', 'b')
'{a}{b!r}'.format(a=1, b='q')
'{0.real} {1[b]} {1[a][1]}'.format(n, d)
'{:>8}|{:<8}|{:^8}|{:*^9}'.format('ab', 'cd', 'ef', 'gh')
'{:05d} {:+d} {:,} {:_}'.format(42, 7, 1234567, 1234567)
'{:.2f} {:10.3f} {:e} {:g} {:%}'.format(3.14159, 2.71828, 12345.678, 1e-10, 0.256)
'{:b} {:o} {:x} {:X} {:#x} {:#b}'.format(10, 10, 255, 255, 255, 5)
'{:08.3f}'.format(-3.14159)
'{:.3}'.format('abcdef')
'{:.3}'.format(2.0)
'{{}} {}'.format(1)
'{'.format(1)
'{0} {}'.format(1, 2)
'{2}'.format(1)
'{x}'.format(1)
'{:d}'.format('a')
'{:{w}}|'.format('a', w=5)
'{!r:>6}'.format('a')
'{}'.format([1, 'a'])
'{}'.format(missing)
'{:,.2f}'.format(1234567.891)
'{:5}|{:<5}|'.format(1, 2)
'{:s}'.format(true)
'{}'.format(true)
'{:d}'.format(true)
'{a}'.format_map({'a': 5})
s.upper() ~ s.lower() ~ s.swapcase()
'hello wORLD it\'s 3rd'.title()
'hELLO'.capitalize()
'straße'.upper()
'ß'.casefold()
'İ'.lower()|length
'  x y '.strip() ~ '|'
' x '.lstrip() ~ '|' ~ ' x '.rstrip() ~ '|'
'xxhixx'.strip('x')
'abcba'.lstrip('ab')
'a,b,,c'.split(',')
'a b  c'.split()
' a b '.split(' ')
'a,b,c'.split(',', 1)
'a b c'.split(maxsplit=1)
'a b c d'.split(none, 2)
'a,b,c'.rsplit(',', 1)
' a  b c '.rsplit(none, 1)
'abc'.split('')
'a\nb\r\nc\n'.splitlines()
'a\nb'.splitlines(true)
'a-b-c'.partition('-')
'a-b-c'.rpartition('-')
'abc'.partition('z')
'abc'.rpartition('z')
','.join(['a', 'b'])
','.join([1])
'aXbXc'.replace('X', '-')
'aXbXc'.replace('X', '-', 1)
'abc'.replace('', '-')
'prefix-x'.removeprefix('prefix-')
'x.txt'.removesuffix('.txt')
'abc'.startswith('a')
'abc'.startswith(('x', 'ab'))
'abc'.startswith('b', 1)
'abc'.startswith('c', 1, 2)
'abc'.endswith(('b', 'c'))
'abc'.endswith('b', 0, 2)
'abc'.startswith('')
'abcabc'.find('c')
'abcabc'.rfind('c')
'abc'.find('z')
'abcabc'.find('a', 1)
'abc'.index('z')
u.find('x')
'aaa'.count('a')
'aaaa'.count('aa')
'abc'.count('')
'42'.zfill(5)
'-42'.zfill(5)
'ab'.ljust(5, '.') ~ 'ab'.rjust(5) ~ 'ab'.center(5, '*')
'abc'.center(6) ~ '|'
'12'.isdigit() ~ ''.isdigit() ~ '²'.isdigit() ~ '½'.isnumeric() ~ '1a'.isdigit()
'ab'.isalpha() ~ 'a1'.isalpha() ~ 'a1'.isalnum() ~ ' '.isspace() ~ ''.isspace()
'AB'.isupper() ~ 'Ab'.isupper() ~ 'ab1'.islower() ~ '1'.islower() ~ 'Ab Cd'.istitle()
'a\tb'.expandtabs(4)
'abc'.isascii() ~ 'é'.isascii()
'a'.nosuch()
'a'.nosuch
'a'.__class__
'a'.__class__.__mro__
nums.append(4)
nums.append is defined
nums.index(2)
nums.index(9)
nums.count(1)
nums.copy()
nums.pop()
d.update({'x': 1})
d.pop('b')
d.setdefault('q', 1)
nosuchfunction(1)
n(1)
'x' is string
1 is string
1 is number
true is number
true is integer
1 is integer
1.0 is float
1 is float
none is none
no is none
missing is none
d is mapping
nums is mapping
nums is iterable
n is iterable
s is iterable
missing is iterable
s is sequence
d is sequence
d.items() is sequence
nums|map('upper') is sequence
3 is odd
4 is even
9 is divisibleby 3
9 is divisibleby(3)
'abc' is lower
'ABC' is upper
1 is sameas 1
t is sameas true
1 is eq 1
1 is equalto 1.0
1 is ne 2
2 is gt 1
2 is ge 2
1 is lt 2
1 is le 0
1 is greaterthan 0
1 is in [1, 2]
'upper' is filter
'nofilter' is filter
'odd' is test
range is callable
s is callable
n is not none
n is not string and s is string
true is true
1 is true
false is false
t is boolean
1 is boolean
d.a is defined and d.q is undefined
1 is nosuchtest
-5|abs
'x'|abs
-3.5|abs
-1|abs
(-1)|abs
nums|batch(2)|list
nums|batch(2, 'x')|list
nums|slice(2)|list
range(7)|slice(3, 'x')|list
'hELLO wORLD'|capitalize
'ab'|center(6) ~ '|'
'ab'|center(5) ~ '|'
s|length
d|length
n|length
range(4)|length
nums|map('string')|length
missing|default('x')
no|default('x')
no|default('x', true)
''|d('y', boolean=true)
0|default('z')
missing|default
d|dictsort
{'b': 1, 'A': 2, 'c': 0}|dictsort
{'b': 1, 'A': 2, 'c': 0}|dictsort(true)
{'b': 1, 'A': 2, 'c': 0}|dictsort(by='value')
{'b': 1, 'A': 2, 'c': 0}|dictsort(reverse=true)
html|escape
html|e
html|safe
(html|e) + '<i>'
'<i>' + (html|safe)
(html|e) ~ '<i>'
html|e|upper
(html|e)|length
nums|first
[]|first
s|first
nums|last
[]|last is defined
nums|map('string')|last
'1.5'|float
'x'|float
'x'|float(9.5)
'1e3'|float
3|float
'%s-%s'|format(1, 'a')
'%(x)s'|format(x=2)
users|groupby('age')
users|map(attribute='name')|groupby(0)
'a\nb\n\nc'|indent
'a\nb'|indent(2, true)
'a\nb\n\nc'|indent(2, blank=true)
'a\nb'|indent('>>')
'a\nb\n'|indent(1) ~ '|'
5|indent
'42'|int
'4x'|int
'4x'|int(7)
'3.9'|int
3.9|int
-3.9|int
'ff'|int(base=16)
'0x1f'|int(0, 16)
' 12 '|int
'1_0'|int
none|int
true|int
missing|int
d|items|list
missing|items|list
n|items|list
nums|join
nums|join(', ')
words|join('-')
users|join('|', attribute='name')
[1, none, missing, 2.0]|join(',')
'abc'|join('.')
n|join
'abc'|list
d|list
s|lower
users|map(attribute='name')|list
users|map(attribute='tags', default=[])|list
users|map(attribute='tags.0', default='-')|list
words|map('upper')|list
words|map('replace', 'p', 'P')|join(' ')
words|map('nofilter')|list
words|map('nofilter')
nums|map
nums|max
nums|min
words|min
words|max
words|max(case_sensitive=true)
users|min(attribute='age')
[]|max is defined
[1, 2, 3, 4]|select('odd')|list
[1, 2, 3, 4]|select('greaterthan', 2)|list
[0, 1, '', 'a']|select|list
[1, 2, 3]|reject('odd')|list
users|selectattr('age', 'eq', 30)|map(attribute='name')|list
users|selectattr('tags')|list|length
users|selectattr('tags', 'defined')|list|length
users|rejectattr('age', 'equalto', 30)|map(attribute='name')|join
users|selectattr('age')|length
(users|selectattr('nope')) and 'truthy'
'aaa'|replace('a', 'b', 2)
12|replace(1, 'x')
nums|reverse|list
s|reverse
d|reverse|list
n|reverse
nums|reverse
3.7|round
2.5|round
3.14159|round(2)
2.675|round(2)
42|round
-2.5|round
3.2|round(method='ceil')
3.78|round(1, 'floor')
1234.5|round(-2)
1234|round(-2)
'x'|round
nums|sort
nums|sort(reverse=true)
words|sort
words|sort(case_sensitive=true)
words|sort(true)
users|sort(attribute='age')|map(attribute='name')|list
users|sort(attribute='age,name')|map(attribute='name')|list
[1, 'a']|sort
5|string ~ [1]|string
'<p>a  <b>b</b>\n c &amp; &#39;d&#39;</p><!-- x -->'|striptags
nums|sum
users|sum(attribute='age')
users|sum('age', 5)
[]|sum
['a']|sum
[[1], [2]]|sum(start=[])
'hello wORLD-foo (bar) it\'s'|title
d|tojson
{'a': 'é<>&\'"\\\n\x01', 'b': [1, 2.0, true, none, 1e20]}|tojson
d|tojson(indent=2)
d|tojson(indent=4)
{'b': 1, 'a': 2}|tojson(sort_keys=true)
{'b': [1, 2], 'a': {}}|tojson(separators=(',', ':'))
{'b': [], 'a': {}, 'c': [{}]}|tojson(indent=1)
'é😀'|tojson(ensure_ascii=true)
'é'|tojson
{1: 'a', none: 2, true: 3, 1.5: 4}|tojson
missing|tojson
(1, 2)|tojson
range(3)|tojson
d.keys()|tojson
'  x '|trim ~ '|'
'xxaxx'|trim('x')
no|trim
'foo bar baz qux'|truncate(9)
'foo bar baz qux'|truncate(9, true)
'foo bar baz qux'|truncate(11)
'foo bar baz qux'|truncate(11, false, '...', 0)
'foo bar baz qux'|truncate(2)
[1, 2, 1, 'a', 'A', 1.0]|unique|list
words|unique|list
words|unique(true)|list
s|upper
none|upper
'a b/c?d=é&'|urlencode
{'a': 'b c', 'd': 1}|urlencode
'two words, three'|wordcount
'The quick brown fox-hound jumped over'|wordwrap(10)
'aaaaaaaaaaaaaa bb'|wordwrap(5)
'aaaaaaaaaaaaaa bb'|wordwrap(5, false)
'a b\n\nc d e'|wordwrap(3, wrapstring='|')
1|nofilter
range(3)|list
range(1, 4)|list
range(10, 0, -3)|list
range(5, 2)|list
range(1, 5, 0)
range(100001)
range(100000)|length
dict(a=1, b='x')
dict({'z': 1}, a=2)
dict([('a', 1)])
namespace(a=1).a
namespace(a=1)
namespace().x
cycler('a', 'b').current
joiner('|')()
[1, 2, 3][1]|string + 'x'
-1|string
-n|string
- n + 3
+n
--n
n.__add__
'a' 'b'.upper()
'a'.upper().lower()|upper
(1, 2)[0]
[[1, 2], [3]][0][1]
{'a': {'b': 'c'}}.a.b
{'a': 1}['a']
1 + 'a'
'a' + 1
'a' - 'b'
[1] + (2,)
none + 1
1 < 'a'
none < 1
1 / 0
1 % 0
1 // 0
1.0 / 0
2 ** 0.5
10 ** 20
1e308 * 10
strftime_now('%Y-%m-%d %H:%M:%S')
strftime_now('%d %b %Y')
strftime_now('%A, %B %d, %Y')
strftime_now('%a %c|%x|%X|%p|%I|%j|%U|%W|%w|%u|%y|%%|%e|%D|%F|%T|%R|%G|%V|%C|%h')
strftime_now('%-d %-m %-H %f %z%Z|')
[*nums]
dict(**{'a': 1})
'{} {}'.format(*['a', 'b'])
'{a}'.format(**{'a': 1})
1,2
{'a': 1,}
[1,]
loop
lipsum is defined
true ~ True ~ none ~ None ~ false
1 if missing else 'no'
'a' if missing.x is defined else 'b'
'yes' if 'x' is not string else 'no'
n if n is defined
nums | length - 1
(nums | length) * 2 ~ 'x'
users[0].name ~ users[-1]['name']
users[0]['age'] + 1
users[3]
users['x'] is defined
"{{ x }}"
'%}'
{'a': {'b': {}}}
nums[1.0]
nums[true]
d[nums]
'x' * 2.0
'a' < 1
not missing
'ab'|first ~ 'ab'|last
'a' is in 'abc'
[missing, none]
'x'.format
t + 1
1 == 1 == 1
1 != 2 != 1
'a' == 'a' and 'b' == 'b'
[1, [2, [3]]] | tojson
'İstanbul'|lower
'ŉ'.title()
'ǆ'.title()
'a\u2028b\x0bc'.splitlines()
'\u00a0x\u3000'.strip()
'\x1fx'.strip()
'\u200bx'.strip()|length
5 .real
1.0
1.
1e5
-0.0
1e22
1.7976931348623157e308
5e-324
100000000000000000000.0
0.00001
123456789012345680.0
'%g' % 100000.0
'%g' % 1000000.0
'%.0f' % 0.5
'%.0f' % 1.5
'%i' % 3.99
'%5s|' % 'é'
'{:>5}|'.format('é')
'{:c}'.format(65)
'{:n}'.format(5)
'{:=+8d}'.format(5)
'{:08,d}'.format(1234)
'{:.0f}'.format(2.5)
'{:.2%}'.format(0.5)
'{:10}|'.format(1.5)
'{:+.1e}'.format(12345.0)
'{0!s:^7}|'.format(none)
'{:>5}'.format(none)
'{0[0]}{0[1]}'.format(['a', 'b'])
'%s|' % missing
'x' % nums
'x' % d
'x' % 1
'x' % missing
[none, none]|sort
[none, none]|min
nums|groupby(0)
users|truncate(5)
[1, 2]|urlencode
{none: 1, 'a': 2}|dictsort
'''
_BLOCKS = [
    "a\n{% if true %}\nb\n{% endif %}\nc\n",
    "a\n   {% if true %}   \nb\n   {% endif %}\nc\n\n",
    "a {%- if true -%} b {%- endif -%} c",
    "a\n  {%+ if true %}\nb\n  {%+ endif %}\nc",
    "a\n{% if true +%}\nb{% endif %}",
    "a\n  {{ 1 }}\n  {{- 2 }}\n  {{ 3 -}}\n  b",
    "{{+ 1 }} {{- 2 -}} x",
    "x {# c #} y\n  {# c #}\nz {#- c -#} w\n{#+ c +#}\nq",
    "{# {{ x }} {% if %} #}a",
    "{#-#}x{#--#}y",
    "a\n  {% raw %}\n {{ x }} {% if %}\n  {% endraw %}\nb",
    "a {%- raw -%}  {{ x }}  {%- endraw -%}  b",
    "{% raw %}{% endraw %}|",
    "a\r\nb\rc{% if true %}\r\nd{% endif %}\r\n",
    "x\n\n",
    "\n",
    "",
    "{{ [1,\n 2,\n 3]|\n join(',') }}",
    "{% set x = {\n 'a': 1\n} %}{{ x }}",
    "{{ {'a': {'b': 1}} }}{{ {'a': {}}}}",
    "{%if true%}a{%endif%}",
    "{%-if true-%} a {%-endif-%}",
    "{% if true: %}a{% else: %}b{% endif %}",
    "{% if n > 5 %}big{% elif n > 2 %}mid{% else %}small{% endif %}",
    "{% if neg > 5 %}big{% elif neg > 2 %}mid{% elif neg %}neg{% else %}small{% endif %}",
    "{% if missing %}a{% endif %}{% if [] %}b{% endif %}{% if '' %}c{% endif %}{% if 0.0 %}d{% endif %}{% if ' ' %}e{% endif %}",
    "{% for x in nums %}{{ x }},{% endfor %}",
    "{% for x in [] %}a{% else %}none{% endfor %}",
    "{% for x in nums if x > 1 %}{{ x }}:{{ loop.index }}/{{ loop.length }} {% endfor %}",
    "{% for x in nums if x > 5 %}{{ x }}{% else %}none{% endfor %}",
    "{% for k, v in d.items() %}{{ k }}={{ v }};{% endfor %}",
    "{% for k, v in d|dictsort %}{{ k }};{% endfor %}",
    "{% for k in d %}{{ k }};{% endfor %}",
    "{% for c in s %}{{ c }}.{% endfor %}",
    "{% for c in u %}{{ c }}.{% endfor %}",
    "{% for (a, b) in [(1, 2), (3, 4)] %}{{ a + b }} {% endfor %}",
    "{% for a, (b, c) in [(1, (2, 3))] %}{{ a }}{{ b }}{{ c }}{% endfor %}",
    "{% for a, b in [(1, 2, 3)] %}{{ a }}{% endfor %}",
    "{% for a, b in [(1,)] %}{{ a }}{% endfor %}",
    "{% for a, b in [1] %}{{ a }}{% endfor %}",
    "{% for x in n %}{% endfor %}",
    "{% for x in no %}{% endfor %}",
    "{% for x in missing %}a{% else %}e{% endfor %}",
    "{% for x in 1, 2, 3 %}{{ x }}{% endfor %}",
    "{% for x in words %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }}{{ loop.depth }}{{ loop.depth0 }} {% endfor %}",
    "{% for x in nums %}{{ loop.previtem }}<{{ x }}>{{ loop.nextitem }} {% endfor %}",
    "{% for x in nums %}{{ loop.previtem is defined }}{{ loop.nextitem is defined }} {% endfor %}",
    "{% for x in nums %}{{ loop.previtem.y }}{% endfor %}",
    "{% for x in range(5) %}{{ loop.cycle('a', 'b', 'c') }}{% endfor %}",
    "{% for x in [1, 1, 2, 2, 1] %}{% if loop.changed(x) %}{{ x }}{% endif %}{% endfor %}",
    "{% for x in nums|map('string') %}{{ loop.length }}{{ loop.last }}{{ x }} {% endfor %}",
    "{% for x in nums %}{{ loop }} {% endfor %}",
    "{% for i in range(10) %}{% if i == 2 %}{% continue %}{% endif %}{% if i == 5 %}{% break %}{% endif %}{{ i }}{% endfor %}",
    "{% for i in range(3) %}{% break %}{% else %}E{% endfor %}",
    "{% for i in range(3) %}{{ i }}{% if i == 1 %}{% break %}{% endif %}{% else %}E{% endfor %}",
    "{% for i in range(2) %}{% for j in range(2) %}{{ i }}{{ j }}{{ loop.index }} {% endfor %}{{ loop.index }};{% endfor %}",
    "{% for i in range(2) %}{% for j in [loop.index] %}{{ j }}{% endfor %}{% endfor %}",
    "{% for i in range(2) %}{% set outer = loop %}{% for j in range(2) %}{{ outer.index }}{{ loop.index }} {% endfor %}{% endfor %}",
    "{% for n in tree recursive %}{{ n.v }}{{ loop.depth }}{% if n.kids %}({{ loop(n.kids) }}){% endif %}{% endfor %}",
    "{% for n in nums %}{{ loop(nums) }}{% endfor %}",
    "{% for x in users if x.age == 30 recursive %}{{ x.name }}{% endfor %}",
    "{% break %}",
    "{% for i in nums %}{% set loop = 1 %}{% endfor %}",
    "{% for loop in nums %}{% endfor %}",
    "{% set x = 1 %}{% for i in nums %}{% set x = i %}{{ x }}{% endfor %}{{ x }}",
    "{% set x = 1 %}{% for i in nums %}{{ x }}{% set x = x + i %}{{ x }} {% endfor %}{{ x }}",
    "{% for i in nums %}{{ y }}{% set y = i %}{% endfor %}{{ y }}",
    "{% for i in nums %}{{ n }}{% set n = i %}{% endfor %}{{ n }}",
    "{% for i in nums %}{% set q = i %}{% endfor %}{{ q is defined }}",
    "{% for i in nums %}{% for j in nums %}{{ f }}{% endfor %}{% set f = i %}{% endfor %}",
    "{% for i in nums %}{{ s }}{% endfor %}{% set s = 'later' %}{{ s }}",
    "{{ s }}{% for i in nums %}{{ s }}{% endfor %}{% set s = 'later' %}{{ s }}",
    "{% if false %}{% set n = 1 %}{% endif %}{{ n }}",
    "{% if true %}{% set zz = 1 %}{% endif %}{{ zz }}",
    "{% for i in [1] %}{% if false %}{% set n = 1 %}{% endif %}{{ n }}{% endfor %}",
    "{% set n = n + 1 %}{{ n }}",
    "{% set n %}{{ n }}!{% endset %}{{ n }}",
    "{% set a, b = 1, 2 %}{{ a }}{{ b }}",
    "{% set a, b = (1, 2, 3) %}",
    "{% set (a, b) = [1, 2] %}{{ b }}{{ a }}",
    "{% set x %}a{{ 1 }}b{% endset %}{{ x }}{{ x|length }}",
    "{% set x | upper %}a{{ 1 }}b{% endset %}{{ x }}",
    "{% set x | replace('a', 'z') | upper %}aab{% endset %}{{ x }}",
    "{% set ns = namespace(c=0, l=[]) %}{% for i in nums %}{% set ns.c = ns.c + i %}{% set ns.l = ns.l + [i] %}{% endfor %}{{ ns.c }}{{ ns.l }}",
    "{% set ns = namespace({'a': 1}, b=2) %}{{ ns.a }}{{ ns['b'] }}{{ ns.zz }}{{ ns }}",
    "{% set ns = namespace() %}{% set ns.a, ns.b = 1, 2 %}{{ ns.a }}{{ ns.b }}",
    "{% set ns = namespace() %}{% set ns.t %}x{{ 1 }}{% endset %}{{ ns.t }}",
    "{% set d.x = 1 %}",
    "{% set missing.x = 1 %}",
    "{% set true = 1 %}",
    "{% set x = 1, %}{{ x }}",
    "{% macro m(a, b=2) %}[{{ a }}{{ b }}]{% endmacro %}{{ m(1) }}{{ m(1, 3) }}{{ m(b=5, a=4) }}{{ m() }}",
    "{% macro m(a, b=a) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}",
    "{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, x=3) }}",
    "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, 2) }}",
    "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(z=2) }}",
    "{% macro m(a, b=1, c='x') %}{{ a }}{% endmacro %}{{ m.name }}{{ m.arguments }}{{ m.catch_kwargs }}{{ m.caller }}{{ m }}",
    "{% macro m(x) %}{{ x }}{{ s }}{{ missing }}{% endmacro %}{% for s in nums %}{{ m(s) }}{% endfor %}",
    "{% macro m() %}{{ v }}{% endmacro %}{% set v = 1 %}{{ m() }}{% set v = 2 %}{{ m() }}",
    "{% macro m() %}{% set v = 9 %}{{ v }}{% endmacro %}{% set v = 1 %}{{ m() }}{{ v }}",
    "{% for i in nums %}{% macro m() %}{{ i }}{% endmacro %}{{ m() }}{% endfor %}{{ m is defined }}",
    "{{ m() }}{% macro m() %}x{% endmacro %}",
    "{% macro f(n) %}{% if n > 0 %}{{ n }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(5) }}",
    "{% macro m() %}<{{ caller() }}>{% endmacro %}{% call m() %}body{{ n }}{% endcall %}",
    "{% macro m(l) %}{% for x in l %}{{ caller(x) }},{% endfor %}{% endmacro %}{% call(x) m(nums) %}{{ x * 2 }}{% endcall %}",
    "{% macro m() %}{{ caller is defined }}{% endmacro %}{{ m() }}",
    "{% macro m() %}x{% endmacro %}{% call m() %}y{% endcall %}",
    "{% macro m(caller) %}{{ caller }}{% endmacro %}{{ m(1) }}",
    "{% macro m(kwargs) %}{{ kwargs }}{% endmacro %}{{ m(1) }}",
    "{% macro a() %}{% set x = 1 %}{{ b() }}{% endmacro %}{% macro b() %}B{{ x }}{% endmacro %}{{ a() }}",
    "{% macro m(x) -%}\n  {{ x }}\n{%- endmacro %}{{ m(1) }}|{{ m(2)|trim }}",
    "{% macro m(a, b) %}{{ a is defined }}{{ b is defined }}{{ b }}{% endmacro %}{{ m(1) }}",
    "{% macro m(b=1, a) %}{% endmacro %}",
    "{% filter upper %}a{{ s }}{% endfilter %}",
    "{% filter replace('a', 'b')|upper %}banana{% endfilter %}",
    "{% filter trim %}{% set w = 1 %}  x {{ w }} {% endfilter %}{{ w is defined }}",
    "{% with a = 1, b = 2 %}{{ a }}{{ b }}{% endwith %}{{ a is defined }}",
    "{% with n = n + 1, m = n %}{{ n }}{{ m }}{% endwith %}{{ n }}",
    "{% with %}{% set x = 1 %}{{ x }}{% endwith %}{{ x }}",
    "{% generation %}a{{ n }}{% set x = 1 %}{% endgeneration %}{{ x is defined }}",
    "{% for m in users %}{% generation %}{{ m.name }}{{ loop.index }}{% endgeneration %}\n{% endfor %}",
    "a\n  {% generation %}\n  b\n  {% endgeneration %}\nc",
    "{% for i in nums %}{% generation %}{% break %}{% endgeneration %}{% endfor %}",
    "{% do nums.append(1) %}",
    "{% include 'x' %}",
    "{% import 'x' as y %}",
    "{% extends 'x' %}",
    "{% block b %}in{{ n }}{% set n = 1 %}{% endblock %}{{ n }}",
    "{% block b %}{{ x is defined }}{% endblock b %}{% set x = 1 %}",
    "{% print n, s %}" if False else "{% print n %}",
    "{% nosuch %}",
    "{% if x %}",
    "{% for x in y %}",
    "{% endfor %}",
    "{% if x %}{% endfor %}",
    "{{ x",
    "{{ 1 + }}",
    "{{ 'a }}",
    "{% if %}a{% endif %}",
    "{# open",
    "{% raw %}x",
    "{{ a b }}",
    "{{ (1 }}",
    "{{ 1) }}",
    "{{ [1}} ]",
    "{{ $ }}",
    "{{ x | }}",
    "{{ x is }}",
    "{{ }}",
    "{{ f(a=1, 2) }}",
    "{% for x in nums %}{{ x }",
    "}} %} #} { % {",
    "{ {{ 1 }} }",
    "a{{ 'b' }}{% raw %}{{{% endraw %}c",
    "{% if false %}{{ 1|nofilter }}{% endif %}ok",
    "{{ 1 if true else 2|nofilter }}",
    "{% for x in [] %}{{ x|nofilter }}{% endfor %}ok",
    "{% if true %}{{ 1|nofilter }}{% endif %}",
    "{{ raise_exception('no ' ~ n) }}",
    "{% if n > 5 %}{{- raise_exception('Only five!\nReally') }}{% endif %}",
    "{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.next() }}{{ c.next() }}{{ c.current }}{{ c.reset() }}{{ c.current }}",
    "{% set j = joiner('; ') %}{% for x in nums %}{{ j() }}{{ x }}{% endfor %}",
    "{% set g = nums|map('string') %}{% for x in g %}{{ x }}{% endfor %}|{% for x in g %}{{ x }}{% endfor %}",
    "{% set g = users|selectattr('nope') %}{% if g %}yes{% endif %}{{ g|list|length }}",
    "{% set g = nums|select('odd') %}{{ g|first }}{{ g|list }}",
    "{% for g in users|groupby('age') %}{{ g.grouper }}:{{ g.list|map(attribute='name')|join(',') }};{% endfor %}",
    "{% for k, v in users|groupby('age') %}{{ k }}:{{ v|length }};{% endfor %}",
    "{% set x = missing %}{{ x is defined }}{{ x }}",
    "{% set x = none %}{{ x is none }}{{ x }}",
    "{% set x = [] %}{% set x = x + [1] %}{% set x = x + [2] %}{{ x }}",
    "{% set range = 5 %}{{ range }}",
    "{{ 'a\nb' }}",
    "{% set x = 'a' %}\n{%- set y = 'b' -%}\n{{ x ~ y }}\n",
    "  {% set x = 1 %}  \n  {{ x }}  \n",
    "\t{% if true %}\n\tx\n\t{% endif %}\n",
    "a {% if true %} b {% endif %} c",
    "{{ 'x' }}\n{{ 'y' }}\n",
    "{{ 'x' -}}   \n\n  y",
    "x   \n\n  {{- 'y' }}",
    "{% for m in users -%}\n{{ m.name }}\n{%- endfor %}",
    "{% for m in users %}\n  {{ m.name }}\n{% endfor %}\nend",
    "{% for m in users %}\n  {% if loop.first %}\n    F\n  {% endif %}\n  {{ m.name }}\n{% endfor %}",
    "{% for i in range(3) %}{% set x %}{% if i == 1 %}{% continue %}{% endif %}{{ i }}{% endset %}{{ x }};{% endfor %}",
    "{% for i in range(3) %}{% with y = i %}{% if y == 1 %}{% break %}{% endif %}{{ y }}{% endwith %}{% endfor %}",
    "{% for a in [1,2] %}{% for b in [3,4] if b != a %}{{ a }}{{ b }} {% endfor %}{% endfor %}",
    "{% for x in nums if loop.index > 1 %}{{ x }}{% endfor %}",
    "{% set msgs = users[1:] %}{% for m in msgs %}{{ m.name }}{% endfor %}",
    "{% for m in users[::-1] %}{{ m.name }}{% endfor %}",
    "{% for i in range(users|length - 1, -1, -1) %}{{ users[i].name }}{% endfor %}",
    "{% if users is sequence and users is not mapping and users is not string %}L{% endif %}",
    "{% if 'name' in users[0] and users[0].name == 'ann' %}ok{% endif %}",
    "{% if users[0].tags is defined and users[0].tags|length > 0 %}ok{% endif %}{% if users[2].tags %}no{% endif %}",
    "{%- set ns = namespace(first=true) -%}{%- for m in users -%}{%- if ns.first -%}{%- set ns.first = false -%}F{%- else -%}R{%- endif -%}{%- endfor -%}",
    "{% set x = {'a': 1} %}{% set x = dict(x, b=2) %}{{ x }}",
    "{% set x = dict(d.items()) %}{{ x.b }}",
    "{{ '\\\\n' }}{{ '\\n' }}|",
    "{% set a = 'x' %}{% set b = a %}{% set a = 'y' %}{{ a }}{{ b }}",
    "{% macro m(d, p='') %}{% for k, v in d.items() %}{{ p ~ k }}:{% if v is mapping %}{{ m(v, p ~ '>') }}{% else %}{{ v }}{% endif %};{% endfor %}{% endmacro %}{{ m({'a': 1, 'b': {'c': 2}}) }}",
    "{% set x = (1, 2) %}{{ x[0] }}{{ x.0 }}{{ x|first }}{{ x.count(1) }}{{ x }}",
    "{{ x }}{% set x = 1 %}{{ x }}",
    "{{ 'a' if n > 5 else 'b' }}{{ 'a' if n < 5 }}|",
    "{{ (n, s) }}{{ n, s }}",
    "{% for x in d.values() %}{{ loop.index }}{{ x }} {% endfor %}",
    "{% for x in nums %}{% if not loop.last %}{{ x }}, {% else %}and {{ x }}{% endif %}{% endfor %}",
    "{% if not loop %}x{% endif %}",
    "{% if (n == 7) == t %}x{% endif %}",
    "{% for key in d|list + ['z'] %}{{ key }} {% endfor %}",
    "{% call nums() %}x{% endcall %}",
    "{% call n %}x{% endcall %}",
]
SNIPPETS = ["{{ " + line + " }}" for line in _EXPRESSIONS.strip("\n").split("\n")] + _BLOCKS

# What Jinja2 takes and this project refuses in so many words: random, of no use in a chat, or rare.
REFUSED = [
    "{{ (-8) ** (1/3) }}",
    "{{ self is defined }}",
    "{{ nums|random }}",
    "{{ nums|pprint }}",
    "{{ s|urlize }}",
    "{{ n|filesizeformat }}",
    "{{ {'a': 1}|xmlattr }}",
    "{{ lipsum() }}",
    "{{ 'x'.encode() }}",
    "{{ (html|safe) % 1 }}",
    "{{ (html|safe).replace('a', 'b') }}",
    "{{ 2 ** 20000 }}",
    "{% autoescape true %}x{% endautoescape %}",
    "{% block b scoped %}x{% endblock %}",
]
