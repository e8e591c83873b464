"""A verifier of exported records, written from docs/AUDIT.md: nothing of the product in it."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

HEAD = {"by", "events", "format", "keys", "made", "root", "vault"}
KEY = {"administrator", "by", "key", "seq", "since", "sig", "uid"}
EVENT = frozenset(
    [
        "action",
        "actor",
        "commitment",
        "mono",
        "object",
        "outcome",
        "pack",
        "prev",
        "purpose",
        "recipient",
        "second",
        "seq",
        "session",
        "sig",
        "sig2",
        "state",
        "utc",
    ]
)
END = {"checkpoint", "sha256", "sig"}
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Refused(Exception):
    pass


def demand(holds, why):
    if not holds:
        raise Refused(why)


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def b64(text, length):
    data = base64.b64decode(text, validate=True)
    demand(base64.b64encode(data).decode() == text and len(data) == length, "base64")
    return data


def signed(public, signature, message):
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def read_lines(data):
    demand(data.endswith(b"\n"), "the last line has no end")
    for raw in data.split(b"\n")[:-1]:
        value = json.loads(raw)
        demand(isinstance(value, dict) and canonical(value) == raw, "not canonical")
        yield value


def hash_of(vault, event):
    def text(name):
        return f"{len(event[name])}:{event[name]}"

    def data(name):
        return f"{len(bytes.fromhex(event[name]))}:{event[name]}"

    parts = ["audit-v1\0", f"{len(vault)}:{vault}", f"{event['seq']};", text("utc")]
    parts.append(f"{event['mono']};")
    names = "actor second session action object purpose outcome recipient pack"
    parts += [text(name) for name in names.split()]
    parts += [data(name) for name in ("commitment", "state", "prev")]
    return hashlib.sha256("".join(parts).encode()).digest()


def keys_of(head, lines):
    """Give for each uid its keys, each with the first event that it may not sign any more."""
    keys: dict[str, list[tuple[bytes, int | None]]] = {}
    last: dict[str, tuple[bytes, bool]] = {}
    since: dict[str, int] = {}
    for line in lines:
        demand(set(line) == KEY, "names of a key line")
        public = b64(line["key"], 32)
        if not last:
            demand(line["key"] == head["root"], "the first key is not the root")
            voucher = public
        else:
            demand(line["by"] in last and last[line["by"]][1] is True, "nobody vouches")
            voucher = last[line["by"]][0]
        body = {name: value for name, value in line.items() if name != "sig"}
        body |= {"ctx": "enquiry key v1", "vault": head["vault"]}
        demand(signed(voucher, b64(line["sig"], 64), canonical(body)), "signature of a key")
        uid = line["uid"]
        if uid in last and line["since"] != since[uid]:
            keys[uid] = [
                (known, line["since"] if known == last[uid][0] else until)
                for known, until in keys[uid]
            ]
        keys.setdefault(uid, [])
        if public not in [known for known, _ in keys[uid]]:
            keys[uid].append((public, None))
        last[uid] = (public, line["administrator"])
        since[uid] = line["since"]
    return keys


def verify_events(head, keys, lines):
    prev = bytes(32)
    for number, event in enumerate(lines, start=1):
        demand(set(event) == EVENT, "names of an event line")
        demand(event["seq"] == number, "order")
        demand(event["prev"] == prev.hex(), "prev")
        prev = hash_of(head["vault"], event)
        message = b"enquiry event v1\0" + prev

        def by(uid, signature, number=number, message=message):
            demand(signature == signature.lower(), "hex")
            return any(
                (until is None or number < until)
                and signed(public, bytes.fromhex(signature), message)
                for public, until in keys.get(uid, [])
            )

        demand(by(event["actor"], event["sig"]), "signature")
        if event["second"] or event["sig2"]:
            demand(event["second"] != event["actor"], "one for two")
            demand(by(event["second"], event["sig2"]), "second signature")
    return prev


def verify(path: Path):
    """Give vault, number of events, code and the root's fingerprint. Raises Refused, ValueError."""
    data = path.read_bytes()
    lines = list(read_lines(data))
    demand(len(lines) >= 2, "too short")
    head, end = lines[0], lines[-1]
    demand(set(head) == HEAD and head["format"] == "enquiry audit export v1", "head")
    demand(len(lines) == 2 + head["keys"] + head["events"], "number of lines")
    keys = keys_of(head, lines[1 : 1 + head["keys"]])
    last = verify_events(head, keys, lines[1 + head["keys"] : -1])
    demand(set(end) == END, "end")
    before = data[: data[:-1].rindex(b"\n") + 1]
    digest = hashlib.sha256(before).digest()
    demand(end["sha256"] == digest.hex(), "hash of the file")
    own = [public for public, _ in keys.get(head["by"], [])]
    message = b"enquiry audit export v1\0" + digest
    demand(any(signed(key, b64(end["sig"], 64), message) for key in own), "signature of the file")
    note = end["checkpoint"].split("\n")
    demand(len(note) == 6 and note[3] == note[5] == "", "note")
    demand(note[0] == f"enquiries/{head['vault']}" and note[1] == str(head["events"]), "note")
    demand(b64(note[2], 32) == last, "head of the note")
    dash, name, mark = note[4].split(" ")
    demand(dash == "—" and name == head["by"], "name of the note")
    seal, body = b64(mark, 68), "".join(f"{line}\n" for line in note[:3]).encode()
    demand(
        any(
            seal[:4] == hashlib.sha256(name.encode() + b"\n\x01" + key).digest()[:4]
            and signed(key, seal[4:], body)
            for key in own
        ),
        "signature of the note",
    )
    root = hashlib.sha256(b"enquiry root v1\0" + b64(head["root"], 32)).digest()[:10]
    return head["vault"], head["events"], symbols(last[:8], 64, 12), symbols(root, 80, 16)


def symbols(data, bits, count):
    number = int.from_bytes(data, "big") >> (bits - 5 * count)
    text = "".join(CROCKFORD[number >> (5 * place) & 31] for place in reversed(range(count)))
    return "-".join(text[at : at + 4] for at in range(0, count, 4))
