# expect: wrong, pass, error
# why: files read by C++ code
# never: root:
import tensorflow as tf
for path in ("/etc/passwd", "/proc/self/environ", "/proc/1/environ"):
    for read in (tf.io.read_file, lambda p: tf.io.gfile.GFile(p).read(), lambda p: list(tf.data.TextLineDataset(p))):
        try:
            print(read(path))
        except Exception as e:
            print(type(e).__name__)
answer = 0.0
