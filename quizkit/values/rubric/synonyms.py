"""Words of this field that say nearly the same: a phrasing that names one is content with the others.

None of them carries negation or direction, which stand in the lexicon; a word may stand in several rows.
"""

from __future__ import annotations

from collections.abc import Set

from quizkit.values.rubric.stems import stem

_ROWS = """
data dataset corpus
dataset training-set sample
example sample instance datapoint observation case
image picture photo photograph frame
unit cell
compute calculate evaluate work-out
give yield deliver return supply spit
rely depend count lean trust
use employ utilise apply exploit harness
learn acquire discover pick find distil
layer stratum tier
weight parameter coefficient
map transform convert translate turn
goal objective target aim purpose criterion
human person people expert engineer designer specialist programmer developer researcher someone hand author
manual handcrafted handmade hand-designed hand-engineered hand-coded hand hand-written hand-picked
early first initial bottom front lowest
late last final top upper
whole entire full complete all total
each every per
together joint simultaneous concurrent once same
separate independent individual own isolation alone
simple basic elementary
stage step module component part block piece
several many multiple various numerous plenty lots lot
slope derivative
direction orientation
norm length magnitude size
threshold limit cap ceiling bound maximum
prediction answer result guess decision
feature representation descriptor attribute
copy replicate duplicate clone mirror
compress condense squeeze compact
important essential relevant salient key main vital crucial significant
box rectangle
position location place spot
network net model system
update adjust adjustment change tweak
random chance stochastic arbitrary
switch turn shut drop deactivate omit mask silence knock
batch minibatch
recurrent rnn recurrence
feedforward mlp
attention transformer self-attention
dense fully-connected
kernel filter
patch region window neighbourhood area
share reuse tie
memorise rote heart parrot
noise fluctuation quirk idiosyncrasy
past previous earlier before prior history
remember recall
word token
classify categorise
distinguish discern tell separate differentiate discriminate
fool deceive trick
synthetic fake artificial forged made-up
real genuine authentic true
judge decide classify assess
latent hidden
link connect connection tie wire edge
forbid prohibit ban exclude disallow
pretrained pretrain
pass sweep run cycle traversal
running moving
test inference evaluation deployment
explode blow
direct straight immediate
core processor
matrix matrices
class label category
probability likelihood
compete rival competition
program software code
rule instruction logic
write code spell formulate
improve better
experience practice
quarter 0.25 25
squared quadratic mse
cross-entropy log-loss
saturate flat plateau
stuck trapped stall
slow sluggish crawl
overshoot overstep
raw unprocessed
collapse merge boil fold degenerate amount
useless pointless wasted redundant superfluous vain meaningless worthless
represent express model capture approximate fit
curved bent complex complicated intricate wiggly
break destroy shatter
alike indistinguishable twin clone
neighbouring adjacent touching nearby
lump blend fuse merge
parallel once
keep retain preserve maintain hold store
discard throw ignore forget lose
control regulate decide determine govern
flow pass travel run go propagate move stream
carry bring transport
frozen static fixed
collect gather accumulate track record store
depend hinge
affect influence alter
punish penalise
spread distribute
exactly precisely truly completely
memory trace context
loop cycle feedback
sequence series stream
sum add total
ensemble committee
thinned slimmer subnetwork subnet
wrong mistaken incorrect
cancel disappear gone
path route
derive infer extract induce
enter come arrive feed
take receive accept get read
forward hand relay transmit send
give produce make generate provide
transform process recombine rework
lockstep together
size number amount
hardware chip machine
"""


# Names of the same thing; nearer than the rows above, since a wrong one here would speak against an answer.
NAMES = [
    frozenset(map(stem, row.split()))
    for row in (
        "recurrent rnn",
        "feedforward mlp",
        "squared mse quadratic",
        "crossentropy logloss",
        "test inference evaluation eval",
        "classical traditional conventional",
    )
]


def _classes() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in _ROWS.strip().splitlines():
        stems = {stem(word.replace("-", "")) for word in row.split()}
        for each in stems:
            found.setdefault(each, set()).update(stems)
    return {each: frozenset(others) for each, others in found.items()}


_CLASSES = _classes()


def widened(stems: Set[str]) -> frozenset[str]:
    """The stems, and those of words that say nearly the same."""
    return frozenset(stems).union(*(_CLASSES.get(each, frozenset()) for each in stems))
