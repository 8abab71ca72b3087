"""What learners read, in English. Placeholders in braces are filled with the learner's own names."""

from __future__ import annotations

# fmt: off
TEXTS: dict[str, str] = {
    "name.src": "x",
    "name.tgt": "y",
    "name.fn": "the function",
    "name.var": "the variable",
    "name.other": "another variable",
    "name.attr": "this name",
    "name.dtype": "another dtype",
    "name.val": "another number",
    "name.op": "this",
    "name.tape": "the tape",
    "name.grad": "the gradient",
    "name.term": "one term",
    "name.mine": "yours",
    "name.theirs": "the one in the exercise",

    "source-not-watched.title": "The tape does not follow {src}",
    "source-not-watched.says":
        "{src} is a plain tensor, and a tape follows only trainable variables and tensors it was told to "
        "watch. So nothing about {src} was written on the tape.",
    "source-not-watched.says/stopped":
        "The error only says that the gradient came back as None. It is None because {src} is a plain "
        "tensor that the tape was never asked to follow.",
    "source-not-watched.hint":
        "How does the tape find out which inputs you care about? Compare what tf.Variable and tf.constant "
        "promise.",
    "source-not-watched.hint/stopped":
        "Look one step before the crash: what did the tape hand back, and what kind of object is its "
        "source?",

    "source-integer-dtype.title": "{src} holds whole numbers",
    "source-integer-dtype.says":
        "{src} was created from whole numbers, so its dtype is {dtype}. Derivatives only exist for "
        "floating-point tensors, so the tape gives None.",
    "source-integer-dtype.hint":
        "Print {src}.dtype. What would you have to type so that Python itself sees a real number there?",

    "target-computed-outside-tape.title": "Computed while the tape was off",
    "target-computed-outside-tape.says":
        "This line computes {tgt} after the tape stopped recording, so the tape did not see how it comes "
        "from {src}. Only operations executed inside the with-block are recorded.",
    "target-computed-outside-tape.says/before":
        "This line computes {tgt} before the tape starts, so the tape has never seen how it comes from "
        "{src}.",
    "target-computed-outside-tape.says/here":
        "Here the function is evaluated again while the gradient call is being set up, after the recording "
        "ended. That new result is not on the tape.",
    "target-computed-outside-tape.hint":
        "Read your indentation aloud: at the moment this line runs, is the recorder still on?",
    "target-computed-outside-tape.hint/before":
        "In which order must \"switch the recorder on\" and \"play the music\" happen?",
    "target-computed-outside-tape.hint/here":
        "Which evaluation of the function did the tape watch, and is it the one you pass on?",

    "postprocessed-outside-tape.title": "The last step is not on the tape",
    "postprocessed-outside-tape.says":
        "Everything up to the last step is on the tape, but the operation on this line happens after the "
        "recording ended, which breaks the chain to {src}.",
    "postprocessed-outside-tape.says/slice":
        "Indexing is an operation too. Taking one entry outside the block creates a new tensor that the "
        "tape has not seen.",
    "postprocessed-outside-tape.hint":
        "Follow the path from the target back to {src}. Which single link was made with the recorder off?",
    "postprocessed-outside-tape.hint/slice":
        "Is the entry you took the tensor that was recorded, or a new one? Where could you take it instead?",

    "numpy-function-in-tape.title": "NumPy inside the recorded formula",
    "numpy-function-in-tape.says":
        "np.{fn} computes an ordinary number outside TensorFlow, so the tape does not see this step. The "
        "path from {src} to the result is cut here.",
    "numpy-function-in-tape.says/silent":
        "A gradient comes out, but what np.{fn} gives counts as a fixed number in it. This part of the "
        "formula adds nothing to the slope.",
    "numpy-function-in-tape.says/stopped":
        "np.{fn} gives a NumPy number, so the target is not a tensor and the tape has nothing to "
        "differentiate.",
    "numpy-function-in-tape.hint":
        "What type does np.{fn}(...) return? Does TensorFlow offer a function with the same job?",
    "numpy-function-in-tape.hint/silent":
        "How many places does {src} appear in the formula, and how many of them reach the tape?",
    "numpy-function-in-tape.hint/stopped": "What is type({tgt}) just before the gradient call?",

    "math-function-in-tape.title": "Python's math module inside the recorded formula",
    "math-function-in-tape.says":
        "math.{fn} returns an ordinary Python number; the tape only records TensorFlow operations. This "
        "part of the formula counts as a constant.",
    "math-function-in-tape.hint":
        "What would tf.{fn} return at the same place, and why does that difference matter?",

    "value-extracted-in-tape.title": "A bare number is taken out of the formula",
    "value-extracted-in-tape.says":
        "This line takes a bare number out of a tensor. From there on it is plain arithmetic that the tape "
        "cannot follow back to {src}.",
    "value-extracted-in-tape.hint":
        "At which moment do you really need a bare number: while the function is recorded or when you "
        "print?",

    "python-cast-in-tape.title": "{op}(...) leaves TensorFlow",
    "python-cast-in-tape.says":
        "{op}(...) turns a tensor into a Python number, so the rest of the formula never touches "
        "TensorFlow.",
    "python-cast-in-tape.hint": "What is type({tgt}) just before the gradient call?",

    "target-rewrapped-as-variable.title": "The result starts a new history",
    "target-rewrapped-as-variable.says":
        "Putting the result into a new tf.Variable stores only its value. A variable starts a fresh "
        "history, so the link to {src} is lost.",
    "target-rewrapped-as-variable.hint":
        "Which of the quantities is the independent one? Only that one needs to be a variable.",

    "state-blocks-gradient.title": "No gradient passes through a variable's state",
    "state-blocks-gradient.says":
        "Assigning copies a value into the state of {var}. The tape sees {var} again afterwards, but not "
        "how its value was made from {src}.",
    "state-blocks-gradient.hint":
        "If you look only at the final content of a box, can you tell who put it there? What could carry "
        "the value instead of a box?",

    "cast-to-integer-in-path.title": "A cast to whole numbers",
    "cast-to-integer-in-path.says":
        "The cast to {dtype} throws away the fractional part, so small changes of {src} no longer change "
        "the result. No derivative passes through.",
    "cast-to-integer-in-path.hint": "If {src} moves by 0.001, does the number after the cast move?",

    "non-differentiable-op.title": "{op} has no derivative",
    "non-differentiable-op.says":
        "{op} is a staircase: flat almost everywhere. TensorFlow defines no derivative through it, so the "
        "result is None.",
    "non-differentiable-op.says/index":
        "{op} answers \"which one\", not \"how much\". An index does not change smoothly, so there is no "
        "derivative.",
    "non-differentiable-op.hint": "Sketch this operation's graph. What slope does it have between the jumps?",
    "non-differentiable-op.hint/index": "Which smooth quantity are you really interested in here?",

    "watch-after-compute.title": "watch comes too late",
    "watch-after-compute.says":
        "The tape starts following {src} only from this line on, but the formula was computed earlier.",
    "watch-after-compute.hint":
        "The tape works in time order. What must be true before the first operation uses {src}?",

    "source-not-trainable.title": "{src} is not trainable",
    "source-not-trainable.says":
        "{src} was marked as not trainable, and the tape follows only trainable variables by itself.",
    "source-not-trainable.hint": "What does the argument on this line tell TensorFlow about {src}?",

    "auto-watch-switched-off.title": "This tape does not watch by itself",
    "auto-watch-switched-off.says":
        "This tape was told not to watch variables on its own, and {src} was not added by hand.",
    "auto-watch-switched-off.hint": "Which of your sources did you register with the tape yourself?",

    "source-is-a-copy.title": "The source is only a copy",
    "source-is-a-copy.says":
        "{src} has the same value as {var} but is a different tensor; the formula never used it.",
    "source-is-a-copy.hint":
        "Is the thing you differentiate with respect to literally the thing used inside the block?",

    "source-is-a-slice.title": "A slice is a new tensor",
    "source-is-a-slice.says":
        "{src} creates a new tensor at the moment you ask, so it is not part of the recorded formula.",
    "source-is-a-slice.hint":
        "What shape does the gradient with respect to the whole of {var} have, and where in it is the "
        "number you want?",

    "target-and-source-swapped.title": "The arguments are the wrong way round",
    "target-and-source-swapped.says":
        "The first argument is what you differentiate, the second is what you differentiate with respect "
        "to. Here they are the other way round.",
    "target-and-source-swapped.hint":
        "Read dy/dx aloud. Which of the two letters comes first, and which argument is it?",

    "source-recreated.title": "A new variable of the same name",
    "source-recreated.says":
        "This line makes a new {src} that only shares the name. The recorded formula belongs to the earlier "
        "one.",
    "source-recreated.hint":
        "How many variables named {src} has this program created, and which one is in the formula?",

    "source-rebound-in-tape.title": "{src} now means something else",
    "source-rebound-in-tape.says":
        "After this line {src} no longer means your variable but the new tensor. The gradient is taken with "
        "respect to that, at another point.",
    "source-rebound-in-tape.hint": "What are the values of {src} before and after this line?",

    "variable-replaced-by-tensor.title": "The variable was replaced by a tensor",
    "variable-replaced-by-tensor.says":
        "In the first round this line replaces your variable by a plain tensor. From the second round on "
        "there is nothing the tape watches.",
    "variable-replaced-by-tensor.hint":
        "Print type({src}) in every round. Which method changes a variable's value in place?",

    "variable-augmented-assign.title": "{op} does not work on a variable",
    "variable-augmented-assign.says":
        "A tf.Variable refuses short forms such as {op}, because they would not change it in place.",
    "variable-augmented-assign.hint":
        "The error message names a method. What does it do with the value stored in {src}?",

    "stop-gradient-on-path.title": "stop_gradient cuts the path",
    "stop-gradient-on-path.says":
        "tf.stop_gradient tells the tape to treat this value as a constant, so no path leads through it "
        "back to {src}.",
    "stop-gradient-on-path.hint": "Which arrow of the graph does this function cut?",

    "ops-under-stop-recording.title": "Computed while the tape was paused",
    "ops-under-stop-recording.says": "This step runs while the tape is paused, so it is missing on the tape.",
    "ops-under-stop-recording.hint": "From which line to which line is the recorder paused?",

    "source-not-in-function.title": "None stands for \"does not depend on it\"",
    "source-not-in-function.says":
        "The recorded function does not depend on {src}, and TensorFlow marks that with None, not 0.",
    "source-not-in-function.hint":
        "How steep is a surface in a direction that does not influence the height? Which optional argument "
        "controls what TensorFlow returns then?",

    "tape-reset.title": "The recording was thrown away",
    "tape-reset.says": "reset() erases everything recorded so far, including your function.",
    "tape-reset.hint": "What is on the tape right after this line?",

    "wrong-tape-asked.title": "Another tape recorded this",
    "wrong-tape-asked.says":
        "This tape was not running when {tgt} was computed. Another tape holds that recording.",
    "wrong-tape-asked.hint": "Match every tape with the lines it covers. Which one saw {tgt} being computed?",

    "tape-not-instantiated.title": "The brackets after GradientTape are missing",
    "tape-not-instantiated.says": "tf.GradientTape is the class; a recorder only exists once you call it.",
    "tape-not-instantiated.hint": "How do you create an object from a class in Python?",

    "method-name-typo.title": "There is no {attr} here",
    "method-name-typo.says": "There is no attribute {attr} here; the name is spelled slightly differently.",
    "method-name-typo.says/moved":
        "There is no {attr} at this place; TensorFlow keeps it under another name.",
    "method-name-typo.hint": "Compare the name letter by letter, including upper case and plural.",
    "method-name-typo.hint/moved": "In which part of TensorFlow would you look for it? Think of {other}.",

    "sources-argument-missing.title": "With respect to what?",
    "sources-argument-missing.says":
        "A derivative always needs two things: what changes and with respect to what. The second one is "
        "missing.",
    "sources-argument-missing.hint": "In dy/dx, which part have you not told the tape?",

    "tape-used-twice.title": "The tape was already used up",
    "tape-used-twice.says":
        "A normal tape is released after its first gradient call. This line is the second one.",
    "tape-used-twice.hint":
        "Either ask for everything in one call or tell the tape beforehand that you will need it longer. "
        "Which argument does that?",

    "inner-gradient-outside-outer-tape.title": "The outer tape missed the first derivative",
    "inner-gradient-outside-outer-tape.says":
        "The outer tape must see the first derivative being computed. On this line the outer tape has "
        "already stopped.",
    "inner-gradient-outside-outer-tape.hint":
        "For the second derivative, the first derivative is the function. Where must a function be "
        "evaluated so that a tape can record it?",

    "one-tape-for-second-derivative.title": "One tape cannot give both derivatives like this",
    "one-tape-for-second-derivative.says":
        "The first derivative was computed after this tape stopped, so the tape does not know how it "
        "depends on {src}.",
    "one-tape-for-second-derivative.hint": "Who is recording while the first derivative is being computed?",

    "nested-tapes-swapped.title": "Inner and outer tape are swapped",
    "nested-tapes-swapped.says":
        "The tape opened first must be asked last. Here the outer tape is used for the first derivative.",
    "nested-tapes-swapped.hint": "Which of the two tapes is still running while the other one is asked?",

    "constant-derivative-none.title": "The recorded function is a straight line",
    "constant-derivative-none.says":
        "The recorded function is a straight line in {src}, so its slope does not depend on {src} any more "
        "and the next derivative is unconnected.",
    "constant-derivative-none.hint":
        "Compare the recorded formula with the one in the exercise, term by term.",

    "tape-deleted-too-early.title": "The tape is deleted too early",
    "tape-deleted-too-early.says": "{tape} is deleted here, but it is asked again afterwards.",
    "tape-deleted-too-early.hint": "Which line is the last one that needs {tape}?",

    "function-returns-none.title": "{fn} gives nothing back",
    "function-returns-none.says":
        "The function {fn} computes a value but gives nothing back, so what you get from it is None.",
    "function-returns-none.hint": "What does print({fn}(...)) show?",

    "tf1-gradients-api.title": "tf.gradients belongs to TensorFlow 1",
    "tf1-gradients-api.says":
        "tf.gradients belongs to the old graph mode. In TensorFlow 2 a tape records the computation first.",
    "tf1-gradients-api.hint": "Which object replaced tf.gradients, and when must it be opened?",

    "tf1-session-placeholder.title": "{attr} belongs to TensorFlow 1",
    "tf1-session-placeholder.says":
        "Placeholders and sessions are from TensorFlow 1 and do not exist here. Values are computed at once "
        "now.",
    "tf1-session-placeholder.hint":
        "If there is nothing to feed later, what could hold the value from the start?",

    "watched-python-number.title": "Only tensors can be watched",
    "watched-python-number.says": "Only tensors can be watched. {src} is a Python number at this point.",
    "watched-python-number.hint": "What is type({src}), and how do you make a tensor out of it first?",

    "source-is-python-number.title": "{src} is a plain Python number",
    "source-is-python-number.says":
        "{src} is an ordinary Python number, so no TensorFlow operation takes place and nothing can be "
        "recorded.",
    "source-is-python-number.hint":
        "Step 1 of the recipe is about the independent variable. What kind of object should it become?",

    "scalar-indexed.title": "One derivative is not a list",
    "scalar-indexed.says":
        "With one source, the tape gives back one tensor, not a list. A single number has no first element.",
    "scalar-indexed.hint": "When does tape.gradient return a list?",

    "list-has-no-numpy.title": "This is a list of gradients",
    "list-has-no-numpy.says":
        "With a list of sources you get a list of gradients, and the list itself has no {attr}.",
    "list-has-no-numpy.hint": "What shape does the answer have when you pass two sources?",

    "apply-gradients-swapped.title": "Gradient first, variable second",
    "apply-gradients-swapped.says":
        "The optimizer expects pairs of gradient first, variable second. Here {var} comes first.",
    "apply-gradients-swapped.hint": "Which of the two in each pair gets changed?",

    "apply-gradients-not-paired.title": "apply_gradients wants pairs",
    "apply-gradients-not-paired.says":
        "apply_gradients wants a list of pairs, each with a gradient and its variable. {grad} is not one.",
    "apply-gradients-not-paired.hint": "What does zip produce, and what do you pass here?",

    "caret-as-power.title": "^ is not a power in Python",
    "caret-as-power.says": "In Python ^ is not a power but a bitwise operation on integers.",
    "caret-as-power.hint": "Which operator did the earlier lessons use for a square?",

    "implicit-multiplication.title": "A multiplication sign is missing",
    "implicit-multiplication.says":
        "{op} directly before a bracket means a function call in Python, not a product.",
    "implicit-multiplication.hint": "Which sign do we leave out on paper but not in code?",

    "syntax-number-times-name.title": "A multiplication sign is missing",
    "syntax-number-times-name.says": "Python reads a number with letters right after it as a broken number.",
    "syntax-number-times-name.hint": "Which sign do we leave out on paper but not in code?",

    "float-types-mixed.title": "{dtype} meets {other}",
    "float-types-mixed.says":
        "TensorFlow does not mix number types on its own: one operand is {dtype}, the other {other}.",
    "float-types-mixed.hint": "Print the dtype of both. Which line decided it?",

    "pow-integer-base.title": "An integer tensor as the base",
    "pow-integer-base.says":
        "The base {src} is an integer tensor and the exponent a float tensor; TensorFlow does not mix the "
        "two.",
    "pow-integer-base.hint": "How must the base be written so that both have the same type?",

    "python-list-of-tensors-target.title": "The outputs are in a Python list",
    "python-list-of-tensors-target.says":
        "The outputs are in a Python list; the jacobian needs them in one tensor.",
    "python-list-of-tensors-target.hint":
        "Which function puts several scalars into one tensor, and where must it be called?",

    "model-object-as-source.title": "{src} only contains the variables",
    "model-object-as-source.says":
        "The source must be the variables themselves, not the object that contains them.",
    "model-object-as-source.hint": "Which attribute of the object lists its variables?",

    "variable-created-in-tf-function.title": "A variable made in a tf.function",
    "variable-created-in-tf-function.says":
        "A tf.function is traced and reused, so it must not make a new variable each time it is called.",
    "variable-created-in-tf-function.hint":
        "What should be created once and what should happen at every call?",

    "numpy-in-tf-function.title": "No numbers yet inside a tf.function",
    "numpy-in-tf-function.says":
        "While the function is traced, tensors have no values yet, so .numpy() cannot work here.",
    "numpy-in-tf-function.hint":
        "At which moment do the actual numbers exist: inside the traced function or when it returned?",

    "source-shadowed-in-function.title": "The function makes its own {src}",
    "source-shadowed-in-function.says":
        "Inside the function a new {src} is made, so the outer one is never used.",
    "source-shadowed-in-function.hint": "Which of the two variables of that name enters the formula?",

    "formula-uses-other-variable.title": "The formula uses {other}",
    "formula-uses-other-variable.says":
        "The recorded formula depends on {other}, but the derivative is asked for {src}.",
    "formula-uses-other-variable.hint":
        "Compare the letter in the formula with the letter in the gradient call.",

    "number-substituted-for-x.title": "The formula holds a number instead of {src}",
    "number-substituted-for-x.says":
        "The formula contains the number itself, so {src} does not appear in it at all.",
    "number-substituted-for-x.hint": "If the variable changed, would this line give another result?",

    "python-value-frozen-by-tracing.title": "The traced function keeps the old number",
    "python-value-frozen-by-tracing.says":
        "The function was traced with the first value of {src}, and that number is now fixed inside the "
        "graph. Changing the Python name later has no effect.",
    "python-value-frozen-by-tracing.hint":
        "How often does the Python code inside the function really run? Put a print into it.",
}
