# expect: pass
# why: an own work folder is there to be used, and empty again in the next run
import json, os, pathlib, tempfile
pathlib.Path("notes").mkdir()
pathlib.Path("notes/a.json").write_text(json.dumps({"x": -2.0}))
assert json.loads(open("notes/a.json").read())["x"] == -2.0
with tempfile.NamedTemporaryFile("w+") as file:
    file.write("hello")
    file.flush()
    assert os.path.getsize(file.name) == 5
with tempfile.TemporaryDirectory() as folder:
    assert os.listdir(folder) == []
os.rename("notes/a.json", "b.json")
os.remove("b.json")
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
print(answer.numpy())
