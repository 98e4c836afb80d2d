"""Words that carry negation or direction, words that join clauses, and words without content."""

from __future__ import annotations

from quizkit.values.rubric.stems import stem


def _texts(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, text.split()))


# Function words: without content of their own, by text.
PRONOUNS = _texts("it they this these those that he she we you i one which who them there")
DETERMINERS = _texts("a an the its their his her our your my each every some any")
PREPOSITIONS = _texts(
    "of in on at to for with by from into onto through over between among during about against "
    "across along within per via towards toward upon under after before"
)
PARTICLES = _texts("over under out off up down back through one all each every own")  # of `dropout`
AUXILIARIES = _texts(
    "is are was were be been being am do does did has have had can could will would shall should may "
    "might must"
)
CONJUNCTIONS = _texts("and or nor but so if as than then because while whereas though")
ADVERBS = _texts(
    "also just very too quite rather still even really simply basically actually often usually "
    "typically generally much here now well only both itself themselves themself itself such what how "
    "why when where whose us let thus hence therefore etc eg ie like own again ever already yet"
)
ASKING = _texts("why what how which who when where whether so and but")
RELATING = PRONOUNS | DETERMINERS | PREPOSITIONS | CONJUNCTIONS
FUNCTION = PRONOUNS | DETERMINERS | PREPOSITIONS | AUXILIARIES | CONJUNCTIONS | ADVERBS

# Words that are no slip of another, though near to one: `away` of `always`.
NO_SLIPS = FUNCTION | _texts("away went marching")

# In a phrasing these say nothing of their own; other function words must occur.
FILLERS = _texts(
    "a an the of is are was were be been being to it its they them their that this these those in on at "
    "by for with and as there which do does has have each own very so such also just can will would"
)

# Where a clause ends and another begins.
BREAKS = _texts(
    "but because while whereas since although though however therefore thus hence yet unless when "
    "if which who otherwise instead so whilst then where until despite hence consequently"
)
CONTRASTS = _texts("than unlike versus vs")
MARKS = frozenset(":()[]{}+*<>") | {"->"}
# What others say, or what is said to be untrue, is not what the answer says.
HEARSAY = _stems("myth misconception misbelief misunderstanding")
UNTRUE = _stems("false untrue wrong incorrect mistaken")
OPINION = _stems("think believe claim assume suppose suspect say imagine")
OTHERS = _texts("people many some someone one you students beginners often commonly")

NEGATORS = _texts(
    "not no never without neither nor none nothing nobody hardly barely rarely scarcely seldom "
    "lacking lacks lack unable impossible nowhere"
)
# Verbs that say that something does not come about.
PREVENTING = _stems(
    "prevent avoid stop block eliminate prohibit forbid hinder inhibit impede fail refuse remove "
    "absence disable erase"
)
UP = _stems(
    "increase raise grow rise boost amplify enlarge expand encourage promote cause induce gain "
    "inflate enhance maximise more greater additional lead allow enable create produce introduce "
    "larger higher bigger add intensify magnify elevate greater multiply"
)
DOWN = _stems(
    "reduce decrease lessen diminish shrink fall drop decline mitigate limit suppress minimise cut "
    "curb dampen punish combat fight counteract discourage penalise restrict alleviate less few "
    "lower smaller solve overcome weaken attenuate restrain lighten relieve"
)
# How much there is, rather than that it changes; by text, since `smaller` compares.
LEVEL_UP = _texts("large high great")
LEVEL_DOWN = _texts("small low little minimal")
CHANGING = UP | DOWN
# Deeds that have a direction in an answer, but in a phrasing are meant as they stand.
DEEDS = _stems(
    "create produce introduce add allow enable lead cause induce gain multiply raise "
    "remove drop disable erase block cut limit restrict decline fall combat fight"
)
TURNING = CHANGING | PREVENTING  # what must be said, never implied
HELPING = _stems("help guard protect work act useful good effective robust")
# Where `up` and `down` say that something grows or shrinks: `goes up`.
MOVING = _stems("go going move shoot come bring drive push pull head creep")
# A predicate that merely says that its subject is there.
THERE_BE = _stems(
    "occur happen exist arise appear matter present possible be take place likely become get need "
    "problem issue go longer necessary required at all anymore more increase grow rise "
    "part role bearing influence"
)

_OPPOSITES = """
large high great : small low little
fast quick rapid accelerate speed quickly : slow slowly
easy simple ease simplify facilitate : hard difficult harder difficulty complicate
good better improve improvement benefit : bad badly worse worsen poor poorly hurt harm degrade damage
stable stabilise stability : unstable instability destabilise
parallel simultaneously concurrently : sequential sequentially serially
deep deeper : shallow
strong stronger : weak weaker
long longer : short shorter
wide wider : narrow
positive : negative
overfit overfitting : underfit underfitting
dependent depend : independent
bounded : unbounded
unbiased : biased
linear : nonlinear
same identical equal : different differ unequal
sparse : dense
constant fixed : varying variable vary
cheap cheaper : expensive costly
early earlier : late later
global : local
vanish vanishing : explode exploding
sensitive : insensitive
smooth : sharp
possible : impossible
differentiable : nondifferentiable
convex : nonconvex
"""


def _concepts(text: str) -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for line in text.strip().splitlines():
        plus, minus = line.split(":")
        name = plus.split()[0]
        found |= {stem(word): (name, 1) for word in plus.split()}
        found |= {stem(word): (name, -1) for word in minus.split()}
    return found


# Of these, what is not the one need not be the other.
APART = frozenset({"overfit", "vanish", "large", "constant"})
AVERTED = frozenset({"overfit", "vanish"})  # unwanted, and less of the one is not the other
CONCEPTS = _concepts(_OPPOSITES)  # what a word speaks of, and whether it says more or less of it

# Verbs that a sentence of this field may turn on, besides auxiliaries and words of direction.
VERBS = _stems(
    "make force learn give let become use compute help keep need turn act work map take pass train fit "
    "rely mean get go come learn ignore share depend change update move follow measure compare estimate "
    "predict converge oscillate vanish explode saturate stay remain require provide capture store forget "
    "memorise prefer "
    "generalise average sum add multiply divide apply choose pick sample select treat penalise scale "
    "normalise see look find know represent encode decode attend process propagate flow produce deliver "
    "return contain lose hold start begin end begin show tell behave cost run adapt combine replace "
    "set put force push pull shift transform convert approximate extract perform happen occur exist "
    "specialise generate ensure improve worsen speed slow cancel dominate carry bring cover minimise "
    "maximise optimise oscillate diverge escape miss break receive send switch correct correspond "
    "guarantee handle include overfit underfit regularise reach reuse reset restart skip smooth "
    "spread stabilise inject assign label "
    "imply yield classify localise detect distinguish judge decide describe separate "
    "count stand stack stick stay stop store suffer tend tie trade transfer tune vary wait"
) | CHANGING | PREVENTING  # fmt: skip


NOUNS = _texts("mean batch")  # which share a stem with a verb: `means` is one

_NO_ADVERBS = _texts("rely apply multiply supply imply reply comply early family likely only")


def is_adverb(text: str) -> bool:
    """Whether a word is one by its ending: `exponentially`."""
    return text.endswith("ly") and len(text) > 4 and text not in _NO_ADVERBS
