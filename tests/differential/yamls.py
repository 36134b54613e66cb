"""YAML read and written: tables of weird scalars and random documents through `fromYaml`,
`toYaml`, `toYamlPretty` and `toJson`. `fromYaml` puts its error into the map, so that a wrong
document costs nothing."""

import random

SCALARS = """
y Y yes Yes YES yEs on On oN off n N no NO nO true True TRUE tRUE false ~ null Null NULL nUll
0 -0 +0 00 007 0777 08 09 0o17 0O17 0x1F 0X1f 0b101 0B1 1_000 1__0 _1 1_ -0x1 +0x1 -0o7 0x 0b 0o 0xG
1. .5 -.5 +.5 .5e3 1e3 1E3 1e+3 1e-3 1.e3 1e 1e+ 1.5.6 1,000 +1 -1 +-1 -- - + . .. ... .e3 e3 1e400 -1e400
.inf -.inf +.inf .Inf .INF .nan .NaN .NAN -.nan inf nan NaN Infinity 0.1 1.0 100.0 1e21 1e20 123456789012
9223372036854775807 9223372036854775808 18446744073709551615 18446744073709551616 -9223372036854775809
1.7976931348623157e308 5e-324 0.000001 0.0000001 123456.789 1e-7 1.5e-7 1234567.0 12345678.5 0.1e1
190:20:30 1:20 12:30:45 2001-12-14 2001-12-14t21:59:43.10-05:00 2001-12-14T21:59:43Z 2024-1-1 2024-01-01x
2001-12-14\\x2021:59:43 2024-13-01 2024-02-30 24:00 << = ! & * | > % @ ` ? : , # [] {} a#b a\\x20#b a:b a:\\x20b
:a -a ?a -\\x20a ?\\x20a :\\x20 'it''s "a" 'a' a'b a"b ' '' "" !x &x *x |x >x %x @x `x {a [a a} a] a,b
=x <x ~x a\\ttab \\x20lead trail\\x20 a\\x20\\x20b \\ttab tab\\t \\n a\\n a\\n\\n \\na a\\nb a\\n\\x20b \\x20a\\nb
a\\n\\tb a\\r\\nb a\\rb \\r é ü 日本語 🎉 \\u00a0 \\u0085 a\\u0085b \\u2028 a\\u2028b \\ufeff a\\ufeffb \\x7f \\x00 \\x1b \\x08 \\ue000 \\ufffd
--- --- a ---a ...a a\\n---\\nb a\\n---b # #a a# a\\n# a\\n#b https://x.y/z?a=b&c=d#e k:v:w a:\\x20 a\\x20: *.x.y {{x}} {{\\x20.x\\x20}}
$(x) ${x} !important @a/b 100% 50Mi 1Gi 500m 10s 1h30m 1.2.3 v1.2 1.10 :8080 0.0.0.0:80 127.0.0.1 ::1 a/b a\\\\b \\\\n C:\\\\x
NULL_ nullx yesx truely on-off no-op y-n t f T F Yes, null, 1e3x 0x1Fx 1_000_000.5 1__2.5 0.5_ 1.2e3_4 0_ 0_7 0x_1 0b_1
""".split()

WORDS = "a bb ccc key: value - # x: 'q' \"d\" {} [] & * ! | > % @ ` , ? : é 日本 🎉 longerwordhere 12345 true null ~ \\ / $ ${x} {{ }}".split()


def unescape(text):
    return text.encode("latin-1", "backslashreplace").decode("unicode_escape") if "\\" in text else text


def go_quote(text):
    """A Go string literal."""
    out = ['"']
    for c in text:
        if c in '"\\':
            out.append("\\" + c)
        elif " " <= c <= "~":
            out.append(c)
        elif ord(c) < 0x80:
            out.append(f"\\x{ord(c):02x}")
        elif ord(c) < 0x10000:
            out.append(f"\\u{ord(c):04x}")
        else:
            out.append(f"\\U{ord(c):08x}")
    return "".join(out) + '"'


def read(document):
    """Read as a map and written in every way."""
    text = go_quote(document)
    return (
        f"# {{{{ $v := fromYaml {text} }}}}{{{{ toJson $v }}}} {{{{ toYaml $v | toJson }}}}"
    )


def write(value):
    """A string written alone, in a map and in lists."""
    text = go_quote(value)
    return (
        f"# {{{{ $s := {text} }}}}{{{{ toYaml $s | toJson }}}} {{{{ toYaml (dict $s $s) | toJson }}}}"
        f" {{{{ toYaml (list $s (list $s) (dict \"k\" (list $s (dict \"q\" $s)))) | toJson }}}} {{{{ toJson $s }}}}"
        f" {{{{ toYamlPretty (dict \"a\" (list $s (dict \"b\" $s))) | toJson }}}}"
    )


def scalars():
    for raw in SCALARS:
        text = unescape(raw)
        yield write(text)
        for shape in ["a: {}\n", "a: [{}]\n", "a: {{b: {}}}\n", "- {}\n", "{}: 1\n", "a:\n  {}\n", "a:\n- {}\n- {}: {}\n"]:
            yield read(shape.replace("{{", "\x00").replace("}}", "\x01").replace("{}", text).replace("\x00", "{").replace("\x01", "}"))
        for tag in ["!!str", "!!int", "!!float", "!!bool", "!!null", "!!binary", "!!timestamp", "!x"]:
            yield read(f"a: {tag} {text}\n")


FLOWS = """
[a:] [a:,b] [a: b] {a:} {a:,b:} {a: b} {a:b} [a :] {a :} {a : b} {"a":b} {'a':1} [a:b:c] {a: b:c} {a: b: c} [[a]:b] {[a]: b}
{a: [b: c]} [?a] [? a] [? a : b] {? a : b} {?a: b} [a?b] {a: ?} {a: x?y} {a: -} [-] [- a] [-a] [:] [:a] [::] {: a} {a, b} {a,} {,} [a,,b]
{a: !x} {a: &b} {a: &b c, d: *b} {a: *b} [!!str 1] [!!str, a] {a: "b"c} ['a'b] [#a] [a #b] [a#b] {a: #b} {a: 'x' , b: "y" } {a: |} {a: >}
{{a}} {{a}: b} {{ a }} [a]b {a}b [a] b {a: 1}{b: 2} ]  } , {a: %b} {a: @b} {a: `b`} {%a: b} [a, %b] {a: b}} [[] {{} {a: [} {a: \tb} {\ta: b}
""".strip().replace("\n", " ").split(" ")


def flows():
    whole = " ".join(FLOWS)
    pieces = {piece for piece in whole.replace("] [", "]\x00[").replace("} {", "}\x00{").replace("} [", "}\x00[").replace("] {", "]\x00{").split("\x00")}
    for piece in sorted(pieces | set(FLOWS)):
        text = unescape(piece)
        for shape in ["a: {}\n", "- {}\n", "{}\n", "{}: 1\n", "a:\n  {}\n  b\n", "a: {}\nb: 1\n"]:
            yield read(shape.replace("{}", text))


def words(rng, most):
    text = ""
    for _ in range(rng.randint(1, most)):
        text += rng.choice(WORDS) + rng.choice([" ", " ", " ", "  ", "\n", "\n\n", "", "\n ", "\t", ": ", "-"])
    return text


def string(rng):
    return words(rng, rng.choice([2, 5, 12, 30, 60]))


def plain(rng):
    return rng.choice([rng.choice(SCALARS), "abc", "x y z", "5", "true", "word " * rng.randint(1, 30), "é"])


def inline(rng, depth):
    pick = rng.random()
    if depth == 0 or pick < 0.4:
        return unescape(plain(rng)).replace("\n", " ")
    if pick < 0.55:
        return "'" + string(rng).replace("'", "''") + "'"
    if pick < 0.7:
        return '"' + string(rng).replace("\\", "\\\\").replace('"', '\\"') + '"'
    if pick < 0.85:
        return "[" + ", ".join(inline(rng, depth - 1) for _ in range(rng.randint(0, 3))) + rng.choice(["]", ",]", " ]"])
    pairs = [f"{rng.choice(['a', 'b', 'c d', '1', 'y'])}: {inline(rng, depth - 1)}" for _ in range(rng.randint(0, 3))]
    return "{" + ", ".join(pairs) + "}"


def scalar_block(rng, indent):
    head = rng.choice(["|", ">"]) + rng.choice(["", "-", "+", "2", "2-", "+1"]) + rng.choice(["", "", " # c"])
    lines = []
    for _ in range(rng.randint(0, 6)):
        lines.append(" " * indent + rng.choice(["", "", " ", "  ", "\t"]) + rng.choice([words(rng, 6).replace("\n", " "), "", "text", "# no"]))
    return head + "\n" + "\n".join(lines) + "\n"


def block(rng, indent, depth, anchors):
    """A block node whose lines stand at `indent`."""
    pad, lines = " " * indent, []
    listed = rng.random() < 0.35
    for number in range(rng.randint(1, 4)):
        lead = "- " if listed else rng.choice([f"k{number}", "a", "b", "'q r'", '"d"', "1", "true", "x y", "<<"]) + ":"
        gap = "" if listed else " "
        anchor = ""
        if rng.random() < 0.15:
            anchors.append(f"n{len(anchors)}")
            anchor = f"&{anchors[-1]} "
        pick = rng.random()
        if anchors and pick < 0.1:
            body = f"{gap}*{rng.choice(anchors)}\n"
        elif depth and pick < 0.45:
            deeper = indent + rng.choice([2, 2, 2, 4, 1, 0 if not listed else 2])
            body = f"{gap}{anchor}".rstrip(" ") + "\n" + block(rng, deeper, depth - 1, anchors)
        elif pick < 0.6:
            body = gap + anchor + scalar_block(rng, indent + 2)
        else:
            body = gap + anchor + inline(rng, 2) + rng.choice(["", "", "", " # note", "  "]) + "\n"
        lines.append(pad + lead + body)
        if rng.random() < 0.1:
            lines.append(rng.choice(["\n", "# comment\n", pad + "# comment\n", "   \n"]))
    return "".join(lines)


def damaged(rng, text):
    """The document with one thing wrong."""
    at = rng.randrange(len(text) + 1)
    pick = rng.random()
    if pick < 0.4:
        return text[:at] + text[at + 1 :]
    if pick < 0.8:
        return text[:at] + rng.choice([" ", "\t", ":", "-", "'", '"', "[", "}", "#", "&", "*", "!", "\n", ",", "|", "\r\n"]) + text[at:]
    return text[:at]


def documents(seed, rounds):
    rng = random.Random(f"yaml {seed}")
    for _ in range(rounds):
        text = block(rng, 0, 3, [])
        text = rng.choice(["", "", "", "---\n", "# head\n", "--- # x\n", "%YAML 1.1\n---\n"]) + text
        text += rng.choice(["", "", "", "...\n", "---\nb: 1\n"])
        if rng.random() < 0.1:
            text = text.replace("\n", "\r\n")
        yield read(text)
        if rng.random() < 0.5:
            yield read(damaged(rng, text))


def strings(seed, rounds):
    rng = random.Random(f"strings {seed}")
    return [write(string(rng)) for _ in range(rounds)]


def all_probes(seed, rounds):
    return [*scalars(), *flows(), *documents(seed, rounds), *strings(seed, rounds)]
