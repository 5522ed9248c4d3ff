"""Reads docs/formats/vectors with nothing but the pages of docs/formats and Python's standard library.

    python3 read_vectors.py FOLDER        exit 1 and the file at fault, where a byte is not what was sealed
"""
import base64, glob, hashlib, hmac, json, os, struct, sys

os.chdir(sys.argv[1])
sha, b64 = lambda *parts: hashlib.sha256(b"".join(parts)).digest(), lambda text: base64.b64decode(text.encode("ascii", "replace") + b"==")
name, url = lambda data: "sha256:" + sha(data).hex(), lambda text: base64.urlsafe_b64decode(text + "==")
def demand(holds, file, what):
    if not holds: sys.exit(f"{file}: {what}")
def read(file):
    demand(os.path.isfile(file), file, "is missing")
    return open(file, "rb").read()
def jcs(v):  # RFC 8785, less the fractions, which only documents and checks have
    if isinstance(v, list): return b"[" + b",".join(map(jcs, v)) + b"]"
    if not isinstance(v, dict): return json.dumps(v, ensure_ascii=False).encode()
    return b"{" + b",".join(jcs(k) + b":" + jcs(v[k]) for k in sorted(v, key=lambda k: k.encode("utf-16-be"))) + b"}"
def parse(data, file, canonical=True):
    try: value = json.loads(data)
    except ValueError as fault: demand(False, file, fault)
    demand(not canonical or jcs(value) == data, file, "is not canonical JSON")
    return value
def lines(data, file): return [parse(line, file) for line in data.split(b"\n")[:-1]]

# Ed25519 (RFC 8032, section 5.1)
P, Q = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
def point(data):
    n = int.from_bytes(data, "little"); y, sign = n & 2**255 - 1, n >> 255
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P: x = x * pow(2, (P - 1) // 4, P) % P
    return (0, 0) if (x * x - square) % P else (x if x & 1 == sign else P - x, y)
def add(a, b):
    t = D * a[0] * b[0] * a[1] * b[1]
    return (a[0] * b[1] + b[0] * a[1]) * pow(1 + t, -1, P) % P, (a[1] * b[1] + a[0] * b[0]) * pow(1 - t, -1, P) % P
def times(n, a): return (0, 1) if n == 0 else add(times(n - 1, a), a) if n & 1 else times(n >> 1, add(a, a))
def signed(key, text, sig):
    s, k = int.from_bytes(sig[32:], "little"), int.from_bytes(hashlib.sha512(sig[:32] + key + text).digest(), "little") % Q
    return len(sig) == 64 and s < Q and times(s, point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))) == add(point(sig[:32]), times(k, point(key)))

# The log (tree.md, checkpoint.md): checkpoint, tile, entries, proofs
def root(hashes):
    if len(hashes) < 2: return hashes[0] if hashes else sha()
    half = 1 << (len(hashes) - 1).bit_length() - 1
    return sha(b"\1", root(hashes[:half]), root(hashes[half:]))
def follow(f, s, hash_, path):  # RFC 9162, section 2.1.3.2
    for other in path:
        left = f & 1 or f == s
        while f == s and f and not f & 1: f, s = f >> 1, s >> 1
        hash_, f, s = sha(b"\1", other, hash_) if left else sha(b"\1", hash_, other), f >> 1, s >> 1
    return hash_
def checkpoint(note, file):
    origin, key_id, key = (read("log/key").decode(errors="replace").strip() + "++").split("+", 2)
    key, (text, _, lines_) = b64(key.rstrip("+") if key.endswith("++") else key), note.partition(b"\n\n")
    demand(sha(origin.encode(), b"\n", key)[:4].hex() == key_id, "log/key", "has another key id")
    for line in lines_.decode(errors="replace").splitlines():
        if line.startswith(f"— {origin} ") and b64(line.split(" ")[2])[:4].hex() == key_id and signed(key[1:], text + b"\n", b64(line.split(" ")[2])[4:]):
            of, size, top = text.decode().split("\n")
            return int(size), b64(top)
    demand(False, file, "is not signed by log/key")
size, head = checkpoint(read("log/checkpoint"), "log/checkpoint")
tile, bundle = f"log/tile/0/000.p/{size}", f"log/tile/entries/000.p/{size}"
hashes, data, entries = [read(tile)[i : i + 32] for i in range(0, len(read(tile)), 32)], read(bundle), []
demand(root(hashes) == head, tile, "does not hash to the root of log/checkpoint")
while data: entries, data = entries + [data[2 : 2 + struct.unpack(">H", data[:2])[0]]], data[2 + struct.unpack(">H", data[:2])[0] :]
demand([sha(b"\0", e) for e in entries] == hashes, bundle, f"does not hash to {tile}")
for i, file in enumerate(f"log/proofs/{i}.tlog-proof" for i in range(size)):
    top, _, note = read(file).partition(b"\n\n")
    kind, index, *path = top.decode(errors="replace").split("\n")
    demand((kind, index) == ("c2sp.org/tlog-proof@v1", f"index {i}"), file, "is no proof of its entry")
    demand(checkpoint(note, file) == (size, follow(i, size - 1, hashes[i], map(b64, path))), file, "does not lead to its checkpoint")

def opened(blob):  # leaf.md, "Blobs"
    stored, plain = (f"log/{part}/{blob['ct'][7:]}" for part in ("blobs", "opened"))
    demand((name(read(stored)), len(read(stored))) == (blob["ct"], blob["size"]), stored, "is not of the digest it is named by")
    demand(name(b"\2" + read(plain)) == blob["pt"], plain, "is not what was committed to")
    return read(plain)[32:], plain

time, assessments = "", []
for leaf, at in ((parse(e, bundle), f"{bundle}, entry {i}") for i, e in enumerate(entries)):
    demand({"actor", "blobs", "id", "machine", "observed", "time", "tool", "type", "v"} < set(leaf) and time < leaf["time"], at, "is no leaf after the one before")
    time, one = leaf["time"], {b["name"]: b for b in leaf["blobs"]}
    for who, opens in parse(*opened(one["identity"])).items():
        demand(who == "v" or "sc:" + base64.urlsafe_b64encode(sha(b"\3", url(opens["salt"]), opens["name"].encode())).decode()[:-1] == leaf[who], at, f"another {who}")
    if leaf["type"] == "plumbline.dev/gap/v1":
        demand(leaf["gap"]["reason"] == ("runLost" if "run" in one and opened(one["run"]) else "clockBackwards"), at, "another reason")
        continue
    # Statement (statement.md), all else by the digests that it names
    index = {line["digest"]: line for b in leaf["blobs"] if b["name"].startswith("index/") for line in lines(*opened(b))}
    def content(digest):
        data, file = opened(index[digest])
        demand(name(data) == digest, file, f"is not {digest}")
        return data, file
    said = parse(*opened(one["statement"]))
    demand((leaf["assessment"]["statement"], leaf["assessment"]["counts"], leaf["tool"]["engine"]) == (one["statement"]["pt"], said["counts"], said["engine"]), at, "is of another statement")
    # Tables (verdict-tables.md): salts, tree, counts
    chunks, seed = [content(d) for d in said["tables"]], url(parse(*opened(one["salts"]))["tables"])
    salted = [hmac.digest(seed, b"plumbline.dev/table-salt/1" + struct.pack(">Q", n), "sha256") + c for n, (c, _) in enumerate(chunks)]
    demand({"root": base64.b64encode(root([sha(b"\0", s) for s in salted])).decode(), "size": len(chunks)} == leaf["assessment"]["tables"], at, "another root of tables")
    uids = {(c["check"]["id"], c["name"]): c["check"]["uid"] for c in parse(*content(said["selection"]["checks"]), False)}
    waived, count, keys = {w["fingerprint"] for w in said["waivers"] if w["expires"] > said["clock"]}, dict.fromkeys(said["counts"]["findings"], 0), {}
    for chunk, file in chunks:
        of, body = parse(chunk.split(b"\n", 1)[0], file), chunk.split(b"\n", 1)[1]
        if of["kind"] == "keys": keys[name(chunk)] = body.decode().split("\n")[:-1]
        for n in range(of["count"] if of["kind"] == "vector" else 0):
            demand(len(keys[of["keys"]]) == of["count"], file, "is not of its keys")
            for what in "total", ("pass", "fail", "unknown", "not_applicable")[body[n // 4] >> n % 4 * 2 & 3]: count[what] += 1
        for row in lines(body, file) if of["kind"] == "rows" else []:
            part = lambda p: jcs([uids[of["check"], of["instance"]], of["instance"], row["key"], p["key"]])
            marks = ["pf1:" + base64.b32encode(sha(part(p))).decode().lower()[:26] for p in row.get("parts", []) if not p.get("possible")]
            count["waived"] += row["verdict"] == "fail" and waived.issuperset(marks)
    demand(count == said["counts"]["findings"], at, f"says other counts than {count}")
    # Snapshot (snapshot.md): manifests, positions, documents
    snapshot, (seen, file) = parse(*content(said["snapshot"])), opened(one["observation"])
    demand(name(seen) == said["observed"] and snapshot["gaps"] == said["gaps"], file, "is not the statement's")
    seen, rows = parse(seen, file), [r for m in snapshot["manifests"] for r in lines(*content(m["digest"]))]
    demand([seen["from"][:26] + "Z", seen["to"][:26] + "Z"] == leaf["observed"], at, "was observed at another time")
    demand({k for some in keys.values() for k in some} <= {r["key"] for r in rows}, at, "judges what the snapshot has not")
    for digest in [r["digest"] for r in rows] + seen["positions"] + [m["content"] for m in said["mappings"].values()]: content(digest)
    assessments.append({**snapshot, **{k: seen[k] for k in ("duplicates", "files", "from", "reads", "to")}})

# The first snapshot again, as a folder; the bundle that waits (pending-bundle.md)
saved = parse(read("snapshot/snapshot.json"), "snapshot/snapshot.json")
parts = {"snapshot/observations.jsonl": saved.pop("observations"), **{f"snapshot/manifests/{n}.jsonl": m["digest"] for n, m in enumerate(saved["manifests"])}}
demand(saved == assessments[0], "snapshot/snapshot.json", "is not the one that was sealed")
for file, digest in {**parts, **{f: "sha256:" + f[-69:-5] for f in glob.glob("snapshot/documents/*")}}.items(): demand(name(read(file)) == digest, file, "is not the one that was saved")
runner = b64("".join(read("pending/runner.pem").decode(errors="replace").splitlines()[1:-1]))[-32:]
for file, sig in ((f, f.replace("statement", "sig")) for f in glob.glob("pending/*/statement")):
    demand(signed(runner, b"plumbline.dev/pending/v1\n" + read(file), read(sig)), f"{file}, {sig}", "are not signed by pending/runner.pem")
    for stored in (os.path.dirname(file) + "/blobs/" + b["ct"][7:] for b in parse(read(file), file)["blobs"]): demand(read(stored) and name(read(stored))[7:] == stored[-64:], stored, "is not of the digest it is named by")
print(f"{size} entries, {len(assessments)} assessments: consistent, signed by {read('log/key').decode().strip()}")
