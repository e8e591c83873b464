from __future__ import annotations

import base64
import quopri
from collections.abc import Iterable

HEAD = b"From: Ann Mercer <ann@example.org>\r\nSubject: Parking\r\n"
HEAD += b"Date: Tue, 3 Nov 2026 09:05:00 +0000\r\n"
WORDS = "Dear Chief Constable,\r\n\r\nVans block the school gates. Łukasz and Siân saw it.\r\n"
UTF8 = WORDS.encode()
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def mail(*headers: bytes, body: bytes = UTF8, head: bytes = HEAD) -> bytes:
    return head + b"".join(line + b"\r\n" for line in headers) + b"\r\n" + body


def part(*headers: bytes, body: bytes = b"") -> bytes:
    return b"".join(line + b"\r\n" for line in headers) + b"\r\n" + body


def multi(
    parts: Iterable[bytes], kind: bytes = b"mixed", mark: bytes = b"b1", end: bool = True
) -> bytes:
    inside = b"".join(b"--" + mark + b"\r\n" + one + b"\r\n" for one in parts)
    body = inside + (b"--" + mark + b"--\r\n" if end else b"")
    return mail(
        b"MIME-Version: 1.0",
        b"Content-Type: multipart/" + kind + b'; boundary="' + mark + b'"',
        body=body,
    )


PLAIN = part(b"Content-Type: text/plain; charset=utf-8", body=UTF8)
HTML = part(b"Content-Type: text/html; charset=utf-8", body=b"<p>The <b>gates</b></p>")


def enclosure(name: bytes, data: bytes = PNG, kind: bytes = b"image/png") -> bytes:
    return part(
        b"Content-Type: " + kind,
        b"Content-Disposition: attachment; filename=" + name,
        b"Content-Transfer-Encoding: base64",
        body=base64.encodebytes(data),
    )


def charsets() -> dict[str, bytes]:
    found = {}
    for label in (
        "utf-8",
        "iso-8859-2",
        "windows-1250",
        "utf-16",
        "utf-7",
        "koi8-r",
        "big5",
        "gb2312",
        "shift_jis",
        "iso-2022-jp",
        "euc-kr",
        "cp850",
        "macintosh",
    ):
        text = {
            "koi8-r": "Уважаемый",
            "big5": "王小明",
            "gb2312": "王小明",
            "shift_jis": "東京",
            "iso-2022-jp": "東京",
            "euc-kr": "서울",
        }.get(label, "Siân, Łukasz")
        data = text.encode(label, "replace")
        found[f"charset {label}"] = mail(
            b"Content-Type: text/plain; charset=" + label.encode(), body=data
        )
    for junk in (
        b"x-unknown",
        b"unknown-8bit",
        b"utf-99",
        b"hex",
        b"rot13",
        b"zlib",
        b"idna",
        b"punycode",
        b"unicode_escape",
        b"",
        b'"',
        b"utf-8*en",
        b"../../etc",
        b"\x00",
        b"a" * 5000,
    ):
        name = f"charset label {junk[:20]!r}"
        found[name] = mail(b"Content-Type: text/plain; charset=" + junk)
    found["utf-8 said, latin sent"] = mail(
        b"Content-Type: text/plain; charset=utf-8", body="Siân café".encode("latin-1")
    )
    found["latin said, utf-8 sent"] = mail(b"Content-Type: text/plain; charset=iso-8859-1")
    found["ascii said, 8 bit sent"] = mail(
        b"Content-Type: text/plain; charset=us-ascii", body=b"caf\xe9 \x93quoted\x94"
    )
    found["no charset, cp1252"] = mail(body="Café “quoted”".encode("cp1252"))
    found["utf-8 with one bad byte"] = mail(
        b"Content-Type: text/plain; charset=utf-8", body=UTF8 + b"\xff" + UTF8
    )
    found["bom in the body"] = mail(b"Content-Type: text/plain", body=b"\xef\xbb\xbf" + UTF8)
    found["the whole file utf-16"] = mail().decode().encode("utf-16")
    found["the whole file utf-16 without mark"] = mail().decode().encode("utf-16-le")
    found["the whole file with a utf-8 mark"] = b"\xef\xbb\xbf" + mail()
    return found


def heads() -> dict[str, bytes]:
    found = {
        "only headers": HEAD,
        "only headers and a blank line": HEAD + b"\r\n",
        "one header": b"Subject: gates\n\nwords",
        "no headers": UTF8,
        "blank lines first": b"\r\n\r\n" + mail(),
        "mbox line first": b"From ann@example.org Tue Nov  3 09:05:00 2026\n" + mail(),
        "bare line feeds": mail().replace(b"\r\n", b"\n"),
        "bare carriage returns": mail().replace(b"\r\n", b"\r"),
        "doubled carriage returns": mail().replace(b"\r\n", b"\r\r\n"),
        "eight-bit headers": "From: Siân <s@example.org>\nSubject: Café\n\nx".encode(),
        "latin headers": "From: Siân <s@example.org>\nSubject: Café\n\nx".encode("latin-1"),
        "nul in the head": mail(b"X-Odd: a\x00b"),
        "nul in the body": mail(body=b"one\x00two\x00"),
        "duplicate from": mail(b"From: Tom <tom@example.org>"),
        "duplicate subject": mail(b"Subject: Another"),
        "duplicate content type": mail(b"Content-Type: text/plain", b"Content-Type: text/html"),
        "header without colon": mail(b"this is no header"),
        "space before the colon": b"From : a@example.org\nSubject : x\n\nwords",
        "empty header": mail(b"X-Empty:"),
        "folded to the last": mail(b"X-Long: a", b"\tb", b" c"),
        "first line folded": b" folded\n" + mail(),
        "subject of 60 kB": mail(b"X-A: b", head=b"From: a@b\nSubject: " + b"x" * 60_000 + b"\n"),
        "a header of 2 MB": mail(b"X-Big: " + b"y" * 2_000_000),
        "a hundred thousand headers": mail(*[b"X-N: 1"] * 100_000),
        "comments in from": b"From: ((((" + b"(" * 3000 + b" a@b.c\nSubject: x\n\ny",
        "group address": b"From: undisclosed-recipients:;\nSubject: x\n\ny",
        "no address in from": b"From: The Chief\nSubject: x\n\ny",
        "two addresses in from": b"From: a@example.org, b@example.org\nSubject: x\n\ny",
        "no from but return-path": b"Return-Path: <a@example.org>\nSubject: x\n\ny",
        "bidi in the name": "From: \u202eevil <a@example.org>\nSubject: x\u200by\n\nz".encode(),
        "escape sequences": b"From: a@example.org\nSubject: \x1b[31mred\x1b]0;t\x07\n\n\x1b[2Jx",
        "a tag in the subject": b"From: a@example.org\nSubject: [/] [bold]x\n\n[/]",
    }
    for index, value in enumerate(
        (
            b"=?utf-8?B?U2nDom4=?=",
            b"=?utf-8?Q?Si=C3=A2n_O'Brien?=",
            b"=?x-unknown?Q?Si=C3=A2n?=",
            b"=?utf-8?B?!!!?=",
            b"=?utf-8?Q?=C3?= =?utf-8?Q?=A2?=",
            b"=?utf-8?Q?half",
            b"=?=?=?=?=",
            b"=?utf-8*en?q?a?=",
            b"=?hex?b?aGk=?=",
            b"=?utf-8?X?abc?=",
            b"=?" * 5000,
            b"=?a?b?c?=" * 4000,
        )
    ):
        found[f"encoded word {index}"] = mail(
            head=b"From: " + value + b" <a@b.c>\nSubject: " + value + b"\n"
        )
    for index, value in enumerate(
        (
            b"",
            b"yesterday",
            b"Tue, 99 Foo 9999 99:99:99 +9999",
            b"Mon, 1 Jan 0001 00:00:00 +0000",
            b"Fri, 31 Dec 9999 23:59:59 -1200",
            b"3 Nov 2026 09:05",
            b"Tue, 3 Nov 2026 09:05:00 -0000",
            b"2026-11-03T09:05:00Z",
            b"Tue, 3 Nov 26 09:05:00 EST",
            b"-1",
            b"9" * 4000,
            b"Tue, 3 Nov 2026 24:60:61 GMT",
        )
    ):
        found[f"date {index}"] = mail(head=b"From: a@b.c\nSubject: d\nDate: " + value + b"\n")
    found["received, no date"] = mail(
        head=b"Received: from x by y; Tue, 3 Nov 2026 10:00:00 +0000\nFrom: a@b.c\nSubject: x\n"
    )
    return found


def encodings() -> dict[str, bytes]:
    good = base64.encodebytes(UTF8)
    b64 = b"Content-Transfer-Encoding: base64"
    qp = b"Content-Transfer-Encoding: quoted-printable"
    plain = b"Content-Type: text/plain; charset=utf-8"
    return {
        "base64": mail(plain, b64, body=good),
        "base64 without padding": mail(plain, b64, body=good.rstrip(b"=\n")),
        "base64 one letter short": mail(plain, b64, body=good.rstrip(b"=\n")[:-1]),
        "base64 with junk": mail(plain, b64, body=good[:20] + b"*!" + good[20:]),
        "base64 that is words": mail(plain, b64, body=UTF8 * 3),
        "base64 in two pieces": mail(
            plain, b64, body=base64.b64encode(b"ab") + base64.b64encode(b"cd")
        ),
        "base64 all padding": mail(plain, b64, body=b"=" * 5000),
        "base64 many paddings": mail(plain, b64, body=b"QQ==" * 20_000),
        "quoted-printable": mail(plain, qp, body=quopri.encodestring(UTF8)),
        "quoted-printable broken": mail(plain, qp, body=b"a=ZZ b=\r\nc= \r\nd="),
        "uuencode": mail(
            plain, b"Content-Transfer-Encoding: x-uuencode", body=b"begin 644 a\n#86)C\n`\nend\n"
        ),
        "encoding unknown": mail(plain, b"Content-Transfer-Encoding: rot26"),
        "flowed": mail(
            b"Content-Type: text/plain; format=flowed; delsp=yes",
            body=b"a \r\nb \r\n> c \r\n> d\r\n-- \r\nx",
        ),
        "content type nonsense": mail(b"Content-Type: ;;;=;="),
        "content type one word": mail(b"Content-Type: text"),
        "content type many quotes": mail(b"Content-Type: text/plain; a=" + b'";' * 4000),
        "enriched": mail(b"Content-Type: text/enriched", body=b"<bold>hello</bold> all"),
        "a body of 3 MB": mail(body=b"word " * 600_000),
    }


def marked_up() -> dict[str, bytes]:
    def page(text: bytes) -> bytes:
        return mail(b"Content-Type: text/html; charset=utf-8", body=text)

    return {
        "html only": page(b"<html><body><p>Hello<br>there</p></body></html>"),
        "html script": page(b"<script>var a='<p>';</script><style>p{}</style><p>words</p>"),
        "html script unclosed": page(b"<p>words</p><script>while(1)"),
        "html comment": page(b"<!-- gone --><p>words</p><!-- open"),
        "html conditional": page(
            b"<!--[if mso]><p>no</p><![endif]--><![if !mso]><p>yes</p><![endif]>"
        ),
        "html hidden": page(b"<div style='display: none'>secret</div><p>words</p>"),
        "html link": page(
            b"<a href='https://example.org/x'>the plan</a> <a href='javascript:x'>no</a>"
        ),
        "html table": page(
            b"<table><tr><td>Mon</td><td>8.30</td></tr><tr><td>Tue</td></tr></table>"
        ),
        "html entities": page(
            b"&nbsp;&copy;&#8217;&#x1F600;&bogus;&#99999999999999;&#" + b"9" * 6000 + b";"
        ),
        "html deep": page(b"<div>" * 20_000 + b"deep" + b"</div>" * 10_000),
        "html open tags": page(b"<a " * 50_000),
        "html open quotes": page(b"<a \"'" * 50_000),
        "html open comments": page(b"<!--" * 50_000),
        "html cdata": page(b"<![CDATA[" * 20_000 + b"x"),
        "html less-than": page(b"1 < 2 and 3 << 4 <3"),
        "html marked": page(b"<!foo bar [<p>a</p>"),
        "html meta charset": mail(
            b"Content-Type: text/html", body='<meta charset="windows-1252"><p>café'.encode("cp1252")
        ),
        "html saved page": b"<!DOCTYPE html><html><body><h1>Parking</h1><p>words</p></body></html>",
        "html pre": page(b"<pre>a   b\n  c</pre><ul><li>one<li>two</ul>"),
    }


def manifold() -> dict[str, bytes]:
    inner = mail(b"Content-Type: text/plain")
    nested = PLAIN
    for depth in range(60):
        mark = b"n%d" % depth
        nested = part(
            b'Content-Type: multipart/mixed; boundary="' + mark + b'"',
            body=b"--" + mark + b"\r\n" + nested + b"\r\n--" + mark + b"--\r\n",
        )
    forwarded = inner
    for _ in range(60):
        forwarded = mail(b"Content-Type: message/rfc822", body=forwarded)
    wrapped = part(b"Content-Type: message/rfc822", body=inner)
    coded = part(
        b"Content-Type: message/rfc822",
        b"Content-Transfer-Encoding: base64",
        body=base64.encodebytes(inner),
    )
    invite = part(b"Content-Type: text/calendar; method=REQUEST", body=b"BEGIN:VCALENDAR")
    signature = part(
        b"Content-Type: application/pgp-signature", body=b"-----BEGIN PGP SIGNATURE-----"
    )
    smime = part(b"Content-Type: application/pkcs7-signature; name=smime.p7s", body=b"x")
    names = {
        "rfc 2231": b"x; filename*=utf-8''Si%C3%A2n.pdf",
        "rfc 2231 pieces": b'x; filename*0="a"; filename*1="b.pdf"',
        "rfc 2231 junk": b"x; filename*=nocharset'%ZZ",
        "rfc 2231 odd": b"x; filename*99999999999=a",
        "path": b'"../../../etc/passwd"',
        "windows path": b'"C:\\temp\\plan.doc"',
        "nul": b'"a\x00b.txt"',
        "bidi": '"gpj.\u202eexe"'.encode(),
        "long": b'"' + b"n" * 3000 + b'.pdf"',
        "dots": b'".."',
        "none": b'""',
        "encoded word": b'"=?utf-8?B?U2nDom4ucGRm?="',
        "colon": b'"CON:aux.txt"',
    }
    found = {f"file name {name}": multi([PLAIN, enclosure(value)]) for name, value in names.items()}
    return found | {
        "alternative": multi([PLAIN, HTML], b"alternative"),
        "alternative with an empty plain part": multi(
            [part(b"Content-Type: text/plain"), HTML], b"alternative"
        ),
        "alternative html first": multi([HTML, PLAIN], b"alternative"),
        "related": multi([HTML, enclosure(b"a.png")], b"related"),
        "boundary missing": multi([PLAIN, HTML]).replace(b'; boundary="b1"', b""),
        "boundary wrong": multi([PLAIN]).replace(b'boundary="b1"', b'boundary="b2"'),
        "boundary unclosed": multi([PLAIN, HTML], end=False),
        "boundary empty": multi([PLAIN]).replace(b'boundary="b1"', b'boundary=""'),
        "boundary with regex letters": multi([PLAIN], mark=b"a(b)[c]*+?"),
        "boundary never used": mail(b'Content-Type: multipart/mixed; boundary="q"', body=UTF8),
        "no parts": multi([]),
        "empty parts": multi([b""] * 40),
        "parts without heads": multi([b"\r\nwords", b"words at once"]),
        "cut inside a head": multi([PLAIN])[:-60],
        "the same boundary twice": multi(
            [part(b'Content-Type: multipart/mixed; boundary="b1"', body=b"--b1\r\n\r\nx")]
        ),
        "nested sixty deep": multi([nested]),
        "forwarded": multi([PLAIN, wrapped]),
        "forwarded in base64": multi([PLAIN, coded]),
        "forwarded by itself": mail(b"Content-Type: message/rfc822", body=inner),
        "forwarded sixty deep": forwarded,
        "forwarded empty": multi([PLAIN, part(b"Content-Type: message/rfc822")]),
        "digest": multi([b"\r\n" + inner] * 5, b"digest"),
        "calendar": multi([PLAIN, invite]),
        "winmail": multi(
            [PLAIN, enclosure(b"winmail.dat", b"\x78\x9f\x3e\x22", b"application/ms-tnef")]
        ),
        "signed by pgp": multi([PLAIN, signature], b"signed"),
        "signed by s/mime": multi([PLAIN, smime], b"signed"),
        "sealed": mail(b"Content-Type: application/pkcs7-mime; name=smime.p7m", body=b"MIIB"),
        "encrypted": multi(
            [part(b"Content-Type: application/pgp-encrypted", body=b"Version: 1")], b"encrypted"
        ),
        "delivery failure": multi(
            [PLAIN, part(b"Content-Type: message/delivery-status", body=b"Action: failed")],
            b"report",
        ),
        "partial": mail(b'Content-Type: message/partial; id="x"; number=1'),
        "empty attachment": multi([PLAIN, enclosure(b"a.bin", b"")]),
        "attached text": multi([PLAIN, enclosure(b"notes.txt", b"see here", b"text/plain")]),
        "four hundred parts": multi([part(b"Content-Type: text/plain", body=b"x")] * 400),
        "media type nonsense": multi(
            [PLAIN, part(b"Content-Type: \xff\xfe/\x00; name=a", body=b"x")]
        ),
    }


def corpus() -> dict[str, bytes]:
    return charsets() | heads() | encodings() | marked_up() | manifold()
