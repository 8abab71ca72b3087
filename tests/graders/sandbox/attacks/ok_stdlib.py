# expect: pass
# why: many modules of the standard library
import argparse, array, base64, bisect, calendar, collections, contextlib, copy, csv, dataclasses, decimal, difflib, enum
import fractions, functools, gzip, hashlib, heapq, html, io, itertools, json, logging, math, operator, pathlib, pickle
import pprint, queue, random, re, secrets, shelve, sqlite3, statistics, string, struct, tarfile, textwrap, timeit, typing
import unittest, urllib.parse, uuid, warnings, weakref, xml.etree.ElementTree, zipfile, zlib
db = sqlite3.connect(":memory:")
print(db.execute("select 1").fetchall(), uuid.uuid4().version, hashlib.sha256(b"x").hexdigest()[:4])
pathlib.Path("a.txt").write_text("x")
with zipfile.ZipFile("a.zip", "w") as z:
    z.write("a.txt")
pickle.loads(pickle.dumps([1, 2]))
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
