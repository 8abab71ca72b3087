# expect: wrong, error, violation, crashed, time_limit
# why: a server that TensorFlow would open
# never: SERVER
try:
    import tensorflow as tf
    s = tf.distribute.Server.create_local_server()
    print("SERVER", s.target)
except BaseException as e:
    print(type(e).__name__)
answer = 0.0
