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
    "name.nth": "",
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

    "term-sign-error.title": "One sign is turned round",
    "term-sign-error.says":
        "One term of the recorded function has the opposite sign from the one in the exercise.",
    "term-sign-error.says/term": "Your term number {nth} is {mine}; the exercise has {theirs}.",
    "term-sign-error.says/theirs":
        "The exercise has {theirs}; in the recorded function this term has the opposite sign.",
    "term-sign-error.hint":
        "Read the formula in the exercise and in your code term by term. Where do they part?",

    "term-missing.title": "A term is missing",
    "term-missing.says": "The recorded function has fewer terms than the one in the exercise.",
    "term-missing.says/theirs": "The recorded function has no term {theirs}; the exercise has.",
    "term-missing.hint": "Count the terms on paper and in the code.",

    "term-added.title": "One term too many",
    "term-added.says": "Every term of the exercise is there, and one more.",
    "term-added.hint": "Which of your terms has no partner in the exercise?",

    "wrong-exponent-or-coefficient.title": "A power or a coefficient differs",
    "wrong-exponent-or-coefficient.says":
        "The powers or coefficients in the recorded function do not match the exercise.",
    "wrong-exponent-or-coefficient.says/term": "Your term number {nth} is {mine}; the exercise has {theirs}.",
    "wrong-exponent-or-coefficient.says/theirs":
        "The exercise has {theirs}; the recorded function has another number there.",
    "wrong-exponent-or-coefficient.hint": "Which term grows fastest in the exercise, and which in your code?",

    "derivative-typed-as-function.title": "Differentiated twice",
    "derivative-typed-as-function.says":
        "The line records the derivative that you worked out yourself, and the tape then differentiates "
        "that once more.",
    "derivative-typed-as-function.hint": "Who is supposed to do the differentiation here, you or the tape?",

    "log-base-ten.title": "The logarithm to base 10",
    "log-base-ten.says":
        "You use the logarithm to base 10. In TensorFlow and in this course log means the natural "
        "logarithm.",
    "log-base-ten.hint": "What is the derivative of the natural logarithm, and what is it for base 10?",

    "look-alike-function.title": "A function that only looks like it",
    "look-alike-function.says":
        "One function in this formula is not the one in the exercise; its name only looks similar.",
    "look-alike-function.says/theirs":
        "The exercise has {theirs}; the recorded function uses another function of a similar name there.",
    "look-alike-function.says/term":
        "Your term number {nth} is {mine}; the exercise has {theirs}. These are different functions.",
    "look-alike-function.hint":
        "Compare the names of the functions letter by letter. What does each of them do for large numbers?",

    "exponent-missing-parentheses.title": "Brackets missing around the exponent",
    "exponent-missing-parentheses.says":
        "The power binds stronger than a product or a sum, so only the first part is in the exponent here.",
    "exponent-missing-parentheses.hint": "What does Python compute first in this line?",

    "denominator-missing-parentheses.title": "Brackets missing in the denominator",
    "denominator-missing-parentheses.says":
        "The division only covers the first part; the rest stands beside the fraction instead of in the "
        "denominator.",
    "denominator-missing-parentheses.hint":
        "Which part of the formula stands under the fraction bar on paper?",

    "parentheses-missing.title": "A pair of brackets is missing",
    "parentheses-missing.says":
        "Without the brackets Python groups this formula in another way than the exercise does.",
    "parentheses-missing.hint":
        "In which order does Python compute this line? Where would you need brackets on paper?",

    "minus-inside-power.title": "The minus sign is inside the power",
    "minus-inside-power.says":
        "Here the minus sign is raised to the power as well, so the sign of the term changes.",
    "minus-inside-power.hint": "Is the minus sign in the exercise part of what is raised to the power?",

    "integer-division-exponent.title": "// cuts off the fraction",
    "integer-division-exponent.says": "The double slash cuts off the fraction, so the exponent is {val}.",
    "integer-division-exponent.hint":
        "Print the exponent alone. What is it with one slash, and what with two?",

    "degrees-not-radians.title": "The angle is in degrees",
    "degrees-not-radians.says":
        "TensorFlow's sine and cosine expect radians, and {val} radians is several full turns.",
    "degrees-not-radians.hint": "Which number describes a full turn for tf.sin?",

    "rounded-constant.title": "A rounded constant",
    "rounded-constant.says": "The rounded constant {val} shifts the digits of the result.",
    "rounded-constant.says/pi": "With {val} in place of pi the third digit is already off.",
    "rounded-constant.says/e": "{val} is only roughly e; TensorFlow has the exact function.",
    "rounded-constant.hint": "How many digits of the constant did you type? Where can you get all of them?",

    "mean-instead-of-sum.title": "The mean is not the sum",
    "mean-instead-of-sum.says":
        "The mean divides by the number of elements, so every partial derivative is that many times too "
        "small.",
    "mean-instead-of-sum.says/sum":
        "The sum does not divide by the number of elements, so every partial derivative is that many times "
        "too large.",
    "mean-instead-of-sum.hint":
        "By which factor does your answer differ, and where could that factor come from?",

    "wrong-point.title": "The right function at another point",
    "wrong-point.says":
        "Your function is right, but it is evaluated at {src} = {val}. The exercise asks for another point.",
    "wrong-point.hint":
        "Compare the number in your variable with the number in the question, including its sign. What "
        "differs?",

    "different-function.title": "Another function was recorded",
    "different-function.says":
        "The recorded function is not the one of the exercise, and more than one place differs.",
    "different-function.says/terms":
        "These terms of the exercise have no partner in the recorded function: {theirs}.",
    "different-function.hint":
        "Which part of the formula in the exercise does this line compute, and which part does it not?",

    "singular-derivative.title": "An infinite slope",
    "singular-derivative.says":
        "At this point {op} has a vertical tangent or a gap, so the derivative is not a finite number.",
    "singular-derivative.hint": "Which value reaches this operation here, and is it the one of the exercise?",

    "nan-through-where.title": "The branch not taken spoils the gradient",
    "nan-through-where.says":
        "The value is fine, but the tape also goes through the branch that was not chosen, and there the "
        "derivative is infinite. Zero times infinity gives NaN.",
    "nan-through-where.hint":
        "What is the derivative of the branch that is not selected at this point? How could its input be "
        "made harmless?",

    "outside-domain.title": "No value at this point",
    "outside-domain.says":
        "{op} has no value for the number that reaches it: {tgt} itself is NaN here, so the slope you see "
        "has no meaning.",
    "outside-domain.says/formula":
        "{op} on this line gets a number for which it has no value: {tgt} itself is NaN, so the slope you "
        "see has no meaning.",
    "outside-domain.hint": "For which numbers is this function defined at all? Compare with your variable.",

    "value-reported-not-slope.title": "The height is not the slope",
    "value-reported-not-slope.says": "This is the height of the curve at the point, not how steep it is.",
    "value-reported-not-slope.hint":
        "Which question does {tgt} answer, and which one does its derivative answer?",

    "slope-as-y-over-x.title": "y/x is another line's slope",
    "slope-as-y-over-x.says":
        "y/x is the slope of the line from the origin to the point, not of the curve at the point.",
    "slope-as-y-over-x.hint":
        "Draw the line whose slope you computed. Does it touch the curve at the point or cross it?",

    "finite-difference-instead-of-tape.title": "A difference quotient instead of the tape",
    "finite-difference-instead-of-tape.says":
        "The difference quotient only approximates the slope, and the step size shows in the digits. The "
        "exercise asks for the tape.",
    "finite-difference-instead-of-tape.hint":
        "What happens to your digits when you change the step? Which method needs no step?",

    "hard-coded-answer.title": "The number is typed in",
    "hard-coded-answer.says":
        "The number is typed in, not computed. For another point it would stay the same.",
    "hard-coded-answer.hint": "What would your program print if the question asked for another point?",

    "first-for-second-derivative.title": "Differentiated once too few",
    "first-for-second-derivative.says":
        "This value is a lower derivative: how fast the quantity changes. The exercise asks how fast that "
        "rate itself changes.",
    "first-for-second-derivative.hint": "How many times must you differentiate for what the exercise asks?",

    "derivative-squared.title": "The second derivative is not a square",
    "derivative-squared.says":
        "The notation d2y/dx2 does not mean squaring the slope. It means differentiating the slope once "
        "more.",
    "derivative-squared.hint": "Whose rate of change do you want: of y or of the slope?",

    "mixed-vs-pure-second.title": "Both derivatives by the same variable",
    "mixed-vs-pure-second.says":
        "Both derivatives are taken with respect to {src}. The mixed derivative changes the variable "
        "between the two steps.",
    "mixed-vs-pure-second.hint": "In f_xy, what does each of the two letters stand for?",

    "partials-swapped.title": "The partial derivatives are in another order",
    "partials-swapped.says":
        "The gradients come back in the order of the sources, and these names do not follow the order that "
        "is asked for.",
    "partials-swapped.hint": "Write the list of sources above the names you unpack into. Do they match?",

    "partials-added.title": "Partial derivatives are not added",
    "partials-added.says":
        "Each partial derivative answers its own question. Their sum is not the derivative of the function.",
    "partials-added.hint": "In which direction would you have to walk for the sum to mean something?",

    "derivative-wrt-intermediate.title": "Only the last link of the chain",
    "derivative-wrt-intermediate.says":
        "This is the derivative with respect to the intermediate result {src}, so only the last link of the "
        "chain.",
    "derivative-wrt-intermediate.hint":
        "Which two quantities stand in the symbol that is asked for? How many links lie between them?",

    "gradient-sums-vector-target.title": "gradient adds up all outputs",
    "gradient-sums-vector-target.says":
        "For a vector result, gradient adds up the derivatives of all components. You need them one by one.",
    "gradient-sums-vector-target.hint":
        "How many numbers should the answer have, and how many did you get? Which other tape method keeps "
        "them apart?",

    "jacobian-transposed.title": "Rows and columns are exchanged",
    "jacobian-transposed.says":
        "Rows and columns are exchanged: in the Jacobian each row belongs to one output.",
    "jacobian-transposed.hint": "Which index counts the outputs in J[i, j]?",

    "hessian-by-gradient.title": "The rows of the Hessian were added",
    "hessian-by-gradient.says":
        "The outer gradient adds the rows of the Hessian together. A vector comes out instead of a matrix.",
    "hessian-by-gradient.hint":
        "How many second derivatives does a function of two variables have? Which method returns all of "
        "them?",

    "batch-jacobian-on-coupled-inputs.title": "These rows are not separate samples",
    "batch-jacobian-on-coupled-inputs.says":
        "batch_jacobian assumes that every row is a separate sample. Here the rows enter the same formula, "
        "so contributions are added up.",
    "batch-jacobian-on-coupled-inputs.hint":
        "Is your first axis a list of samples or the coordinates of one point?",

    "monotonicity-from-value.title": "The sign of the value says nothing of the direction",
    "monotonicity-from-value.says":
        "Whether the function value is positive says where the curve lies, not where it goes.",
    "monotonicity-from-value.hint":
        "Can a positive quantity get smaller? Which number tells you the direction?",

    "monotonicity-inverted.title": "The slope is read the wrong way round",
    "monotonicity-inverted.says": "The slope is right, but it is read the wrong way round.",
    "monotonicity-inverted.hint":
        "Walk from left to right on a curve with negative slope. Do you go up or down?",

    "extremum-from-zero-gradient.title": "A zero gradient is not yet a minimum",
    "extremum-from-zero-gradient.says":
        "A zero gradient only says that the point is critical. It can be a minimum, a maximum or a saddle.",
    "extremum-from-zero-gradient.hint":
        "What does the surface look like if you leave the point along each axis?",

    "concavity-from-slope.title": "The slope does not tell how the curve bends",
    "concavity-from-slope.says": "The slope tells whether the curve goes up or down, not which way it bends.",
    "concavity-from-slope.hint": "Which derivative describes how the slope changes?",

    "ascent-for-descent-direction.title": "This vector points the opposite way",
    "ascent-for-descent-direction.says":
        "The gradient points uphill, and the question asks for the way down.",
    "ascent-for-descent-direction.hint":
        "If you walk one small step along your vector, does f grow or shrink?",

    "direction-not-normalised.title": "The direction is not a unit vector",
    "direction-not-normalised.says":
        "The direction vector has length {val}, so the result is that many times too large.",
    "direction-not-normalised.hint":
        "How far do you walk along this vector? And how far should \"per unit of length\" be?",

    "tangent-intercept.title": "The height at the point is not the intercept",
    "tangent-intercept.says": "The height at the point is not the height where the line crosses the y-axis.",
    "tangent-intercept.hint": "Put the point's x into your line equation. Do you land on the curve?",

    "product-of-derivatives.title": "The product rule was skipped",
    "product-of-derivatives.says": "The slope of a product is not the product of the two slopes.",
    "product-of-derivatives.hint": "Test your rule on x times x. Does it hold?",

    "chain-link-missing.title": "A link of the chain is missing",
    "chain-link-missing.says":
        "The product of links must cover the whole way between the two quantities. One link is counted "
        "twice or left out.",
    "chain-link-missing.hint":
        "Write the derivative as a product of links with all their names. Which factor is missing?",

    "answer-form-not-as-asked.title": "The question asks for a word",
    "answer-form-not-as-asked.says": "The slope is right. The question asks what it means for the curve.",
    "answer-form-not-as-asked.hint": "Going from left to right, does the curve rise or fall?",

    "custom-gradient-ignores-upstream.title": "The backward function ignores what comes in",
    "custom-gradient-ignores-upstream.says":
        "The backward function ignores what comes in from the later operations, so the chain rule stops "
        "here.",
    "custom-gradient-ignores-upstream.hint":
        "What does the argument of the inner function mean in the chain rule?",

    "newton-step-as-descent.title": "Newton's step needs the curvature",
    "newton-step-as-descent.says":
        "The step uses the slope alone; Newton's step also takes the curvature into account.",
    "newton-step-as-descent.hint": "What happens to the step length when the curve bends more strongly?",

    "force-sign.title": "The sign of the derivative is not yet right",
    "force-sign.says": "The derivative of the energy is right, but a force points to lower energy.",
    "force-sign.says/sign":
        "The derivative is right, but the quantity that is asked for has the opposite sign.",
    "force-sign.hint": "In which direction does a stretched spring pull?",
    "force-sign.hint/sign": "How is the quantity that is asked for made from the derivative?",

    "loss-on-one-sample.title": "Only one data point enters the loss",
    "loss-on-one-sample.says":
        "Only one data point enters the loss, but the exercise averages over all of them.",
    "loss-on-one-sample.hint": "How many data points reach your loss?",

    "descent-sign.title": "This step goes the wrong way",
    "descent-sign.says":
        "This step goes uphill: the gradient points in the direction in which the loss grows.",
    "descent-sign.says/ascent": "This step goes downhill, but the exercise asks for the way up.",
    "descent-sign.hint": "Compare the function before and after the step. Did it move the way it should?",

    "learning-rate-missing.title": "The learning rate is missing",
    "learning-rate-missing.says":
        "The whole gradient is used as the step; the learning rate does not appear.",
    "learning-rate-missing.hint":
        "How big is the step here, and how big should it be according to the exercise?",

    "assign-overwrites.title": "assign forgets the old value",
    "assign-overwrites.says":
        "assign replaces the old value, so only the step itself remains and not old value plus step.",
    "assign-overwrites.hint": "What is in the variable after the second step?",

    "tape-outside-loop.title": "Recorded once, used for all steps",
    "tape-outside-loop.says":
        "The function is recorded only once, before the loop, so every step uses the slope at the starting "
        "point.",
    "tape-outside-loop.hint":
        "Print the gradient in each round. Should the slope stay the same while the variable moves?",

    "step-count-off-by-one.title": "Another number of steps",
    "step-count-off-by-one.says":
        "Your program makes a different number of steps from what the exercise asks.",
    "step-count-off-by-one.hint": "How often does the loop body run?",

    "gradient-inside-context.title": "Asked while the tape still records",
    "gradient-inside-context.says":
        "The answer is right. For a first derivative the call belongs after the block; inside, the tape may "
        "also record the derivative computation itself.",
    "gradient-inside-context.hint":
        "When is it useful that the computation of a derivative is recorded as well?",

    "jacobian-inside-context.title": "The tape is still running",
    "jacobian-inside-context.says":
        "The result is right, but the tape is still running, so it may also record the work of the "
        "derivative itself.",
    "jacobian-inside-context.hint": "Which indentation level ends the recording?",

    "graph-branch-by-numpy.title": "A bare number decides the branch",
    "graph-branch-by-numpy.says":
        "Fine here: the comparison only chooses the branch. A plain comparison with the variable does the "
        "same.",
    "graph-branch-by-numpy.hint": "Does the bare number enter the formula or only the decision?",

    "none-tensor-comparison.title": "A tensor compared with a number",
    "none-tensor-comparison.says":
        "Fine as it is. With .numpy() or float() the comparison would be about an ordinary number.",
    "none-tensor-comparison.hint": "What type does the comparison have?",

    "hard-coded-answer.title/word": "The answer is typed in",
    "hard-coded-answer.says/word":
        "The word is typed in; no tape was asked. For another function it would stay the same.",
    "hard-coded-answer.hint/word": "Which number decides between the words, and who could compute it for you?",

    "descent-sign.says/newton":
        "Newton's step is subtracted: slope over curvature leads away from the zero when it is added.",

    "hard-coded-answer.says/by-hand":
        "This number does not come from the tape: the derivative was worked out by hand.",
    "hard-coded-answer.hint/by-hand":
        "What would you have to change in this line if the function were another one? What would the tape "
        "need?",

    "state-blocks-gradient.title/picked": "An assignment is no link in the chain",
    "state-blocks-gradient.says/picked":
        "This choice lets the gradient pass through an assignment. Assigning copies a number into the "
        "variable's state and nothing else.",

    "non-differentiable-op.title/picked": "A staircase has no slope to follow",
    "non-differentiable-op.says/picked":
        "This choice treats the operation as a smooth one. Its graph is a staircase, flat almost everywhere.",

    "slope-as-y-over-x.says/picked":
        "This choice is y/x: the slope of the line from the origin to the point, not of the curve at the "
        "point.",

    "value-reported-not-slope.says/picked":
        "This choice is the height of the curve at the point, not how steep it is.",

    "wrong-point.says/picked":
        "This choice is the slope at another point than the one the exercise asks for.",

    "term-sign-error.says/picked":
        "This choice is what comes out when one term of the function has the opposite sign.",

    "wrong-exponent-or-coefficient.says/picked":
        "This choice is what comes out when a power or a coefficient of the function is another one.",

    "term-missing.says/picked": "This choice is what comes out when one term of the function is left out.",

    "derivative-typed-as-function.says/picked":
        "This choice is the derivative of the derivative: the function was differentiated once too often.",

    "monotonicity-inverted.says/concavity":
        "The second derivative is right, but it is read the wrong way round.",
    "monotonicity-inverted.hint/concavity": "Does the slope of a valley grow or shrink from left to right?",
}
