# expect: wrong, pass, error
# why: our own source read from disk
# never: CAN READ
import os
import graders.sandbox as s
root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(s.__file__))))
for path in ("exercises/course.yaml", "graders/kinds/slope.py", "graders/checks/answer.py", "graders/pipeline.py",
             "exercises/03-the-tape/01-polynomial-slope.yaml", ".git/HEAD", "tests/conftest.py", "pyproject.toml"):
    try:
        open(os.path.join(root, path)).read()
        print("CAN READ", path)
    except OSError as e:
        print(type(e).__name__)
answer = 0.0
