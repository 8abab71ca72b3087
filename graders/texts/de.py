"""What learners read, in German (du). Placeholders in braces are filled with the learner's own names."""

from __future__ import annotations

# fmt: off
TEXTS: dict[str, str] = {
    "name.src": "x",
    "name.tgt": "y",
    "name.fn": "die Funktion",
    "name.var": "die Variable",
    "name.other": "eine andere Variable",
    "name.attr": "diesen Namen",
    "name.dtype": "ein anderer dtype",
    "name.val": "eine andere Zahl",
    "name.op": "das",
    "name.tape": "das Band",
    "name.grad": "der Gradient",
    "name.term": "ein Term",
    "name.mine": "deiner",
    "name.theirs": "der in der Aufgabe",

    "source-not-watched.title": "Das Band folgt {src} nicht",
    "source-not-watched.says":
        "{src} ist ein gewöhnlicher Tensor, und ein Band folgt nur trainierbaren Variablen und Tensoren, "
        "die es beobachten soll. Von {src} steht deshalb nichts auf dem Band.",
    "source-not-watched.says/stopped":
        "Der Fehler sagt nur, dass als Gradient None zurückkam. Es ist None, weil {src} ein gewöhnlicher "
        "Tensor ist, dem das Band nie folgen sollte.",
    "source-not-watched.hint":
        "Woher weiß das Band, welche Eingaben dir wichtig sind? Vergleiche, was tf.Variable und tf.constant "
        "versprechen.",
    "source-not-watched.hint/stopped":
        "Schau einen Schritt vor den Absturz: Was gab das Band zurück, und was für ein Objekt ist seine "
        "Quelle?",

    "source-integer-dtype.title": "{src} enthält ganze Zahlen",
    "source-integer-dtype.says":
        "{src} wurde aus ganzen Zahlen gemacht und hat deshalb den dtype {dtype}. Ableitungen gibt es nur "
        "für Gleitkommazahlen, darum liefert das Band None.",
    "source-integer-dtype.hint":
        "Gib {src}.dtype aus. Was müsstest du tippen, damit schon Python dort eine Kommazahl sieht?",

    "target-computed-outside-tape.title": "Berechnet, während das Band aus war",
    "target-computed-outside-tape.says":
        "Diese Zeile berechnet {tgt}, nachdem die Aufnahme zu Ende war; das Band hat nicht gesehen, wie es "
        "aus {src} entsteht. Nur was im with-Block ausgeführt wird, wird aufgenommen.",
    "target-computed-outside-tape.says/before":
        "Diese Zeile berechnet {tgt}, bevor das Band läuft; es hat nie gesehen, wie {tgt} aus {src} "
        "entsteht.",
    "target-computed-outside-tape.says/here":
        "Hier wird die Funktion noch einmal ausgewertet, während der Gradient abgefragt wird, also nach dem "
        "Ende der Aufnahme. Dieses neue Ergebnis steht nicht auf dem Band.",
    "target-computed-outside-tape.hint":
        "Lies deine Einrückung laut: Ist das Band in dem Moment, in dem diese Zeile läuft, noch an?",
    "target-computed-outside-tape.hint/before":
        "In welcher Reihenfolge müssen \"Aufnahme starten\" und \"Musik spielen\" geschehen?",
    "target-computed-outside-tape.hint/here":
        "Welche Auswertung der Funktion hat das Band gesehen, und ist es die, die du übergibst?",

    "postprocessed-outside-tape.title": "Der letzte Schritt steht nicht auf dem Band",
    "postprocessed-outside-tape.says":
        "Bis auf den letzten Schritt steht alles auf dem Band, aber die Operation in dieser Zeile geschieht "
        "nach dem Ende der Aufnahme. Damit reißt die Kette zu {src}.",
    "postprocessed-outside-tape.says/slice":
        "Auch ein Index ist eine Operation. Wer außerhalb des Blocks einen Eintrag herausnimmt, macht einen "
        "neuen Tensor, den das Band nicht gesehen hat.",
    "postprocessed-outside-tape.hint":
        "Geh den Weg vom Ziel zurück zu {src}. Welches Glied entstand, als das Band aus war?",
    "postprocessed-outside-tape.hint/slice":
        "Ist der herausgenommene Eintrag der aufgenommene Tensor oder ein neuer? Wo könntest du ihn "
        "stattdessen nehmen?",

    "numpy-function-in-tape.title": "NumPy in der aufgenommenen Formel",
    "numpy-function-in-tape.says":
        "np.{fn} berechnet eine gewöhnliche Zahl außerhalb von TensorFlow; das Band sieht diesen Schritt "
        "nicht. Hier ist der Weg von {src} zum Ergebnis abgeschnitten.",
    "numpy-function-in-tape.says/silent":
        "Es kommt ein Gradient heraus, aber was np.{fn} liefert, zählt darin als feste Zahl. Dieser Teil "
        "der Formel trägt nichts zur Steigung bei.",
    "numpy-function-in-tape.says/stopped":
        "np.{fn} liefert eine NumPy-Zahl; das Ziel ist also kein Tensor, und das Band hat nichts "
        "abzuleiten.",
    "numpy-function-in-tape.hint":
        "Welchen Typ hat np.{fn}(...)? Gibt es in TensorFlow eine Funktion für dieselbe Aufgabe?",
    "numpy-function-in-tape.hint/silent":
        "An wie vielen Stellen der Formel steht {src}, und wie viele davon erreichen das Band?",
    "numpy-function-in-tape.hint/stopped": "Was ist type({tgt}) direkt vor dem Gradienten-Aufruf?",

    "math-function-in-tape.title": "Das Python-Modul math in der aufgenommenen Formel",
    "math-function-in-tape.says":
        "math.{fn} liefert eine gewöhnliche Python-Zahl; das Band nimmt nur TensorFlow-Operationen auf. "
        "Dieser Teil der Formel zählt als Konstante.",
    "math-function-in-tape.hint":
        "Was würde tf.{fn} an derselben Stelle liefern, und warum macht das einen Unterschied?",

    "value-extracted-in-tape.title": "Aus der Formel wird eine nackte Zahl genommen",
    "value-extracted-in-tape.says":
        "Diese Zeile nimmt aus einem Tensor die nackte Zahl heraus. Ab da ist es gewöhnliches Rechnen, das "
        "das Band nicht bis {src} zurückverfolgen kann.",
    "value-extracted-in-tape.hint":
        "Wann brauchst du wirklich eine nackte Zahl: während die Funktion aufgenommen wird oder beim "
        "Ausgeben?",

    "python-cast-in-tape.title": "{op}(...) verlässt TensorFlow",
    "python-cast-in-tape.says":
        "{op}(...) macht aus einem Tensor eine Python-Zahl; der Rest der Formel kommt mit TensorFlow nicht "
        "mehr in Berührung.",
    "python-cast-in-tape.hint": "Was ist type({tgt}) direkt vor dem Gradienten-Aufruf?",

    "target-rewrapped-as-variable.title": "Das Ergebnis beginnt eine neue Geschichte",
    "target-rewrapped-as-variable.says":
        "Ein neues tf.Variable speichert nur den Wert des Ergebnisses. Eine Variable hat keine "
        "Vorgeschichte; die Verbindung zu {src} ist verloren.",
    "target-rewrapped-as-variable.hint":
        "Welche der Größen ist die unabhängige? Nur die muss eine Variable sein.",

    "state-blocks-gradient.title": "Durch den Zustand einer Variablen führt kein Gradient",
    "state-blocks-gradient.says":
        "Beim Zuweisen wird ein Wert in den Zustand von {var} kopiert. Das Band sieht {var} danach wieder, "
        "aber nicht, wie der Wert aus {src} entstand.",
    "state-blocks-gradient.hint":
        "Wenn du nur den Inhalt einer Schachtel siehst: Weißt du dann, wer ihn hineingelegt hat? Was könnte "
        "den Wert statt einer Schachtel tragen?",

    "cast-to-integer-in-path.title": "Eine Umwandlung in ganze Zahlen",
    "cast-to-integer-in-path.says":
        "Die Umwandlung in {dtype} wirft die Nachkommastellen weg; kleine Änderungen von {src} ändern das "
        "Ergebnis nicht mehr. Da geht keine Ableitung hindurch.",
    "cast-to-integer-in-path.hint":
        "Wenn sich {src} um 0.001 bewegt: Bewegt sich die Zahl nach der Umwandlung?",

    "non-differentiable-op.title": "{op} hat keine Ableitung",
    "non-differentiable-op.says":
        "{op} ist eine Treppe: fast überall flach. TensorFlow kennt keine Ableitung davon, deshalb ist das "
        "Ergebnis None.",
    "non-differentiable-op.says/index":
        "{op} beantwortet \"welcher\", nicht \"wie viel\". Ein Index ändert sich nicht stetig, also gibt es "
        "keine Ableitung.",
    "non-differentiable-op.hint":
        "Skizziere den Graphen dieser Operation. Welche Steigung hat er zwischen den Sprüngen?",
    "non-differentiable-op.hint/index": "Welche stetige Größe interessiert dich hier eigentlich?",

    "watch-after-compute.title": "watch kommt zu spät",
    "watch-after-compute.says":
        "Erst ab dieser Zeile folgt das Band {src}; die Formel wurde aber schon vorher berechnet.",
    "watch-after-compute.hint":
        "Das Band arbeitet der Reihe nach. Was muss gelten, bevor die erste Operation {src} benutzt?",

    "source-not-trainable.title": "{src} ist nicht trainierbar",
    "source-not-trainable.says":
        "{src} wurde als nicht trainierbar markiert, und das Band folgt von sich aus nur trainierbaren "
        "Variablen.",
    "source-not-trainable.hint": "Was teilt das Argument in dieser Zeile TensorFlow über {src} mit?",

    "auto-watch-switched-off.title": "Dieses Band beobachtet nichts von allein",
    "auto-watch-switched-off.says":
        "Diesem Band wurde gesagt, Variablen nicht von sich aus zu beobachten, und {src} wurde nicht von "
        "Hand angemeldet.",
    "auto-watch-switched-off.hint": "Welche deiner Quellen hast du selbst beim Band angemeldet?",

    "source-is-a-copy.title": "Die Quelle ist nur eine Kopie",
    "source-is-a-copy.says":
        "{src} hat denselben Wert wie {var}, ist aber ein anderer Tensor; die Formel hat ihn nie benutzt.",
    "source-is-a-copy.hint": "Ist das, wonach du ableitest, wirklich dasselbe Ding, das im Block vorkommt?",

    "source-is-a-slice.title": "Ein Ausschnitt ist ein neuer Tensor",
    "source-is-a-slice.says":
        "{src} macht in dem Moment, in dem du fragst, einen neuen Tensor; er gehört nicht zur aufgenommenen "
        "Formel.",
    "source-is-a-slice.hint":
        "Welche Form hat der Gradient nach dem ganzen {var}, und wo darin steht die gesuchte Zahl?",

    "target-and-source-swapped.title": "Die Argumente sind vertauscht",
    "target-and-source-swapped.says":
        "Das erste Argument wird abgeleitet, nach dem zweiten wird abgeleitet. Hier ist es umgekehrt.",
    "target-and-source-swapped.hint":
        "Lies dy/dx laut. Welcher der beiden Buchstaben kommt zuerst, und welches Argument ist das?",

    "source-recreated.title": "Eine neue Variable mit demselben Namen",
    "source-recreated.says":
        "Diese Zeile macht ein neues {src}, das nur den Namen teilt. Die aufgenommene Formel gehört zum "
        "früheren.",
    "source-recreated.hint":
        "Wie viele Variablen namens {src} hat dieses Programm erzeugt, und welche steht in der Formel?",

    "source-rebound-in-tape.title": "{src} bedeutet jetzt etwas anderes",
    "source-rebound-in-tape.says":
        "Nach dieser Zeile ist {src} nicht mehr deine Variable, sondern der neue Tensor. Nach dem wird "
        "abgeleitet, und zwar an einer anderen Stelle.",
    "source-rebound-in-tape.hint": "Welche Werte hat {src} vor und nach dieser Zeile?",

    "variable-replaced-by-tensor.title": "Die Variable wurde durch einen Tensor ersetzt",
    "variable-replaced-by-tensor.says":
        "In der ersten Runde ersetzt diese Zeile deine Variable durch einen gewöhnlichen Tensor. Ab der "
        "zweiten Runde gibt es nichts mehr, dem das Band folgt.",
    "variable-replaced-by-tensor.hint":
        "Gib in jeder Runde type({src}) aus. Welche Methode ändert den Wert einer Variablen an Ort und "
        "Stelle?",

    "variable-augmented-assign.title": "{op} geht bei einer Variablen nicht",
    "variable-augmented-assign.says":
        "Ein tf.Variable lehnt Kurzformen wie {op} ab, weil sie es nicht an Ort und Stelle ändern würden.",
    "variable-augmented-assign.hint":
        "Die Fehlermeldung nennt eine Methode. Was macht sie mit dem Wert, der in {src} gespeichert ist?",

    "stop-gradient-on-path.title": "stop_gradient schneidet den Weg ab",
    "stop-gradient-on-path.says":
        "tf.stop_gradient sagt dem Band, diesen Wert als Konstante zu behandeln; durch ihn führt kein Weg "
        "zurück zu {src}.",
    "stop-gradient-on-path.hint": "Welchen Pfeil des Graphen schneidet diese Funktion ab?",

    "ops-under-stop-recording.title": "Berechnet, während das Band pausierte",
    "ops-under-stop-recording.says":
        "Dieser Schritt läuft, während das Band pausiert; auf dem Band fehlt er.",
    "ops-under-stop-recording.hint": "Von welcher bis zu welcher Zeile pausiert die Aufnahme?",

    "source-not-in-function.title": "None heißt hier \"hängt nicht davon ab\"",
    "source-not-in-function.says":
        "Die aufgenommene Funktion hängt nicht von {src} ab, und TensorFlow schreibt dafür None, nicht 0.",
    "source-not-in-function.hint":
        "Wie steil ist eine Fläche in einer Richtung, die keinen Einfluss auf die Höhe hat? Welches "
        "Argument legt fest, was TensorFlow dann zurückgibt?",

    "tape-reset.title": "Die Aufnahme wurde weggeworfen",
    "tape-reset.says": "reset() löscht alles bisher Aufgenommene, auch deine Funktion.",
    "tape-reset.hint": "Was steht direkt nach dieser Zeile auf dem Band?",

    "wrong-tape-asked.title": "Ein anderes Band hat das aufgenommen",
    "wrong-tape-asked.says":
        "Dieses Band lief nicht, als {tgt} berechnet wurde. Ein anderes Band hat die Aufnahme.",
    "wrong-tape-asked.hint":
        "Ordne jedem Band die Zeilen zu, die es abdeckt. Welches hat gesehen, wie {tgt} berechnet wurde?",

    "tape-not-instantiated.title": "Hinter GradientTape fehlen die Klammern",
    "tape-not-instantiated.says":
        "tf.GradientTape ist die Klasse; ein Band gibt es erst, wenn du sie aufrufst.",
    "tape-not-instantiated.hint": "Wie macht man in Python aus einer Klasse ein Objekt?",

    "method-name-typo.title": "{attr} gibt es hier nicht",
    "method-name-typo.says":
        "Ein Attribut {attr} gibt es hier nicht; der Name wird etwas anders geschrieben.",
    "method-name-typo.says/moved":
        "{attr} gibt es an dieser Stelle nicht; TensorFlow führt es unter einem anderen Namen.",
    "method-name-typo.hint":
        "Vergleiche den Namen Buchstabe für Buchstabe, auch Großschreibung und Mehrzahl.",
    "method-name-typo.hint/moved": "In welchem Teil von TensorFlow würdest du suchen? Denk an {other}.",

    "sources-argument-missing.title": "Wonach soll abgeleitet werden?",
    "sources-argument-missing.says":
        "Eine Ableitung braucht immer zweierlei: was sich ändert und wonach. Das Zweite fehlt.",
    "sources-argument-missing.hint": "Welchen Teil von dy/dx hast du dem Band nicht gesagt?",

    "tape-used-twice.title": "Das Band war schon verbraucht",
    "tape-used-twice.says":
        "Ein gewöhnliches Band wird nach dem ersten Gradienten-Aufruf freigegeben. Diese Zeile ist der "
        "zweite.",
    "tape-used-twice.hint":
        "Frag alles in einem Aufruf ab, oder sag dem Band vorher, dass du es länger brauchst. Welches "
        "Argument tut das?",

    "inner-gradient-outside-outer-tape.title": "Das äußere Band hat die erste Ableitung verpasst",
    "inner-gradient-outside-outer-tape.says":
        "Das äußere Band muss sehen, wie die erste Ableitung berechnet wird. In dieser Zeile ist es schon "
        "aus.",
    "inner-gradient-outside-outer-tape.hint":
        "Für die zweite Ableitung ist die erste die Funktion. Wo muss eine Funktion ausgewertet werden, "
        "damit ein Band sie aufnehmen kann?",

    "one-tape-for-second-derivative.title": "Ein Band allein gibt so nicht beide Ableitungen",
    "one-tape-for-second-derivative.says":
        "Die erste Ableitung wurde berechnet, als dieses Band schon aus war; es weiß also nicht, wie sie "
        "von {src} abhängt.",
    "one-tape-for-second-derivative.hint": "Wer nimmt auf, während die erste Ableitung berechnet wird?",

    "nested-tapes-swapped.title": "Inneres und äußeres Band sind vertauscht",
    "nested-tapes-swapped.says":
        "Das zuerst geöffnete Band muss zuletzt gefragt werden. Hier dient das äußere Band für die erste "
        "Ableitung.",
    "nested-tapes-swapped.hint": "Welches der beiden Bänder läuft noch, während das andere gefragt wird?",

    "constant-derivative-none.title": "Die aufgenommene Funktion ist eine Gerade",
    "constant-derivative-none.says":
        "Die aufgenommene Funktion ist in {src} eine Gerade; ihre Steigung hängt nicht mehr von {src} ab, "
        "und die nächste Ableitung hat keine Verbindung.",
    "constant-derivative-none.hint":
        "Vergleiche die aufgenommene Formel Term für Term mit der in der Aufgabe.",

    "tape-deleted-too-early.title": "Das Band wird zu früh gelöscht",
    "tape-deleted-too-early.says": "{tape} wird hier gelöscht, danach aber noch einmal gefragt.",
    "tape-deleted-too-early.hint": "Welche Zeile braucht {tape} zuletzt?",

    "function-returns-none.title": "{fn} gibt nichts zurück",
    "function-returns-none.says":
        "Die Funktion {fn} berechnet einen Wert, gibt aber nichts zurück; du bekommst von ihr None.",
    "function-returns-none.hint": "Was zeigt print({fn}(...))?",

    "tf1-gradients-api.title": "tf.gradients gehört zu TensorFlow 1",
    "tf1-gradients-api.says":
        "tf.gradients gehört zum alten Graph-Modus. In TensorFlow 2 nimmt zuerst ein Band die Rechnung auf.",
    "tf1-gradients-api.hint": "Welches Objekt hat tf.gradients ersetzt, und wann muss man es öffnen?",

    "tf1-session-placeholder.title": "{attr} gehört zu TensorFlow 1",
    "tf1-session-placeholder.says":
        "Platzhalter und Sitzungen stammen aus TensorFlow 1 und gibt es hier nicht. Werte werden heute "
        "sofort berechnet.",
    "tf1-session-placeholder.hint":
        "Wenn später nichts eingesetzt wird: Was könnte den Wert von Anfang an halten?",

    "watched-python-number.title": "Nur Tensoren lassen sich beobachten",
    "watched-python-number.says":
        "Nur Tensoren lassen sich beobachten. {src} ist an dieser Stelle eine Python-Zahl.",
    "watched-python-number.hint": "Was ist type({src}), und wie machst du daraus zuerst einen Tensor?",

    "source-is-python-number.title": "{src} ist eine gewöhnliche Python-Zahl",
    "source-is-python-number.says":
        "{src} ist eine gewöhnliche Python-Zahl; es findet keine TensorFlow-Operation statt, und nichts "
        "kann aufgenommen werden.",
    "source-is-python-number.hint":
        "Im ersten Schritt geht es um die unabhängige Variable. Was für ein Objekt sollte sie werden?",

    "scalar-indexed.title": "Eine Ableitung ist keine Liste",
    "scalar-indexed.says":
        "Bei einer Quelle gibt das Band einen Tensor zurück, keine Liste. Eine einzelne Zahl hat kein "
        "erstes Element.",
    "scalar-indexed.hint": "Wann gibt tape.gradient eine Liste zurück?",

    "list-has-no-numpy.title": "Das ist eine Liste von Gradienten",
    "list-has-no-numpy.says":
        "Zu einer Liste von Quellen bekommst du eine Liste von Gradienten, und die Liste selbst hat kein "
        "{attr}.",
    "list-has-no-numpy.hint": "Welche Form hat die Antwort, wenn du zwei Quellen übergibst?",

    "apply-gradients-swapped.title": "Erst der Gradient, dann die Variable",
    "apply-gradients-swapped.says":
        "Der Optimierer erwartet Paare: zuerst der Gradient, dann die Variable. Hier steht {var} zuerst.",
    "apply-gradients-swapped.hint": "Was von beiden in jedem Paar wird geändert?",

    "apply-gradients-not-paired.title": "apply_gradients will Paare",
    "apply-gradients-not-paired.says":
        "apply_gradients will eine Liste von Paaren, jeweils ein Gradient und seine Variable. {grad} ist "
        "keine.",
    "apply-gradients-not-paired.hint": "Was erzeugt zip, und was übergibst du hier?",

    "caret-as-power.title": "^ ist in Python keine Potenz",
    "caret-as-power.says": "In Python ist ^ keine Potenz, sondern eine bitweise Operation auf ganzen Zahlen.",
    "caret-as-power.hint": "Welchen Operator haben die früheren Lektionen für ein Quadrat benutzt?",

    "implicit-multiplication.title": "Ein Malzeichen fehlt",
    "implicit-multiplication.says":
        "{op} direkt vor einer Klammer ist in Python ein Funktionsaufruf, kein Produkt.",
    "implicit-multiplication.hint": "Welches Zeichen lassen wir auf Papier weg, im Code aber nicht?",

    "syntax-number-times-name.title": "Ein Malzeichen fehlt",
    "syntax-number-times-name.says":
        "Eine Zahl, auf die direkt Buchstaben folgen, liest Python als kaputte Zahl.",
    "syntax-number-times-name.hint": "Welches Zeichen lassen wir auf Papier weg, im Code aber nicht?",

    "float-types-mixed.title": "{dtype} trifft auf {other}",
    "float-types-mixed.says":
        "TensorFlow mischt Zahlentypen nicht von allein: Ein Operand ist {dtype}, der andere {other}.",
    "float-types-mixed.hint": "Gib von beiden den dtype aus. Welche Zeile hat ihn festgelegt?",

    "pow-integer-base.title": "Ein ganzzahliger Tensor als Basis",
    "pow-integer-base.says":
        "Die Basis {src} ist ein ganzzahliger Tensor, der Exponent ein Gleitkomma-Tensor; TensorFlow mischt "
        "die beiden nicht.",
    "pow-integer-base.hint": "Wie muss die Basis geschrieben sein, damit beide denselben Typ haben?",

    "python-list-of-tensors-target.title": "Die Ausgaben stehen in einer Python-Liste",
    "python-list-of-tensors-target.says":
        "Die Ausgaben stehen in einer Python-Liste; die Jacobi-Matrix braucht sie in einem Tensor.",
    "python-list-of-tensors-target.hint":
        "Welche Funktion packt mehrere Skalare in einen Tensor, und wo muss sie aufgerufen werden?",

    "model-object-as-source.title": "{src} enthält die Variablen nur",
    "model-object-as-source.says":
        "Als Quelle braucht das Band die Variablen selbst, nicht das Objekt, das sie enthält.",
    "model-object-as-source.hint": "Welches Attribut des Objekts zählt seine Variablen auf?",

    "variable-created-in-tf-function.title": "Eine Variable entsteht in einer tf.function",
    "variable-created-in-tf-function.says":
        "Eine tf.function wird einmal nachgezeichnet und wiederverwendet; sie darf nicht bei jedem Aufruf "
        "eine neue Variable machen.",
    "variable-created-in-tf-function.hint":
        "Was soll einmal entstehen, und was soll bei jedem Aufruf geschehen?",

    "numpy-in-tf-function.title": "In einer tf.function gibt es noch keine Zahlen",
    "numpy-in-tf-function.says":
        "Während die Funktion nachgezeichnet wird, haben Tensoren noch keine Werte; .numpy() kann hier "
        "nicht gehen.",
    "numpy-in-tf-function.hint":
        "Wann gibt es die Zahlen: in der nachgezeichneten Funktion oder nach ihrer Rückkehr?",

    "source-shadowed-in-function.title": "Die Funktion macht ihr eigenes {src}",
    "source-shadowed-in-function.says":
        "In der Funktion entsteht ein neues {src}; das äußere wird nie benutzt.",
    "source-shadowed-in-function.hint": "Welche der beiden Variablen dieses Namens kommt in die Formel?",

    "formula-uses-other-variable.title": "Die Formel benutzt {other}",
    "formula-uses-other-variable.says":
        "Die aufgenommene Formel hängt von {other} ab, gefragt ist aber nach {src}.",
    "formula-uses-other-variable.hint":
        "Vergleiche den Buchstaben in der Formel mit dem im Gradienten-Aufruf.",

    "number-substituted-for-x.title": "In der Formel steht eine Zahl statt {src}",
    "number-substituted-for-x.says": "Die Formel enthält die Zahl selbst; {src} kommt darin gar nicht vor.",
    "number-substituted-for-x.hint": "Wenn sich die Variable änderte: Gäbe diese Zeile ein anderes Ergebnis?",

    "python-value-frozen-by-tracing.title": "Die nachgezeichnete Funktion behält die alte Zahl",
    "python-value-frozen-by-tracing.says":
        "Die Funktion wurde mit dem ersten Wert von {src} nachgezeichnet, und diese Zahl steht jetzt fest "
        "im Graphen. Den Python-Namen später zu ändern, wirkt nicht.",
    "python-value-frozen-by-tracing.hint":
        "Wie oft läuft der Python-Code in der Funktion wirklich? Setz ein print hinein.",
}
