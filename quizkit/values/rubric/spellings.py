"""How words are also written: contractions, short forms, signs, common slips, and sayings of negation."""

from __future__ import annotations

ARROWS = ("->", "-->", "=>", "==>", "→", "⇒")
# Signs that are read as words; those in `AFTER_WORDS` only after one, else they are bullets or quotes.
SIGNS = {
    "=": "is", "≈": "is", "<-": "is", "←": "is", ":=": "is", "&": "and", "×": "times", "·": "times",
    "~": "nearly", "≤": "below", "<=": "below", "≥": "above", ">=": "above",
}  # fmt: skip
AFTER_WORDS = {"*": "times", "<": "below", ">": "above"}
# After these a full stop ends no sentence.
SHORTENED = frozenset(
    ("eg", "ie", "vs", "resp", "approx", "incl", "etc", "cf", "repr",
     "fig", "max", "min", "avg", "init", "dim", "esp")
)  # fmt: skip
OPENED = {
    "cannot": "can not", "can't": "can not", "cant": "can not", "won't": "will not", "wont": "will not",
    "shan't": "shall not", "dont": "do not", "doesnt": "does not", "didnt": "did not",
    "isnt": "is not", "arent": "are not", "wasnt": "was not", "couldnt": "could not",
    "wouldnt": "would not", "shouldnt": "should not", "havent": "have not", "hasnt": "has not",
    "let's": "let us", "bc": "because", "cuz": "because", "cos": "because", "coz": "because",
    "nn": "network", "nns": "networks", "net": "network", "nets": "networks", "params": "parameters",
    "param": "parameter", "grads": "gradients", "grad": "gradient", "backprop": "backpropagation",
    "info": "information", "dims": "dimensions", "neurons": "units", "neuron": "unit", "nodes": "units",
    "node": "unit", "convnet": "cnn", "convnets": "cnns", "lr": "learning rate", "fc": "fully connected",
    "bn": "batch normalization", "zero": "0", "two": "2", "three": "3", "another": "other",
    "w/o": "without", "mins": "minima", "approx": "approximately", "prob": "probability",
    "tiny": "small", "minuscule": "small", "big": "large", "huge": "large", "enormous": "large",
    "dl": "deep learning", "ml": "machine learning", "e2e": "end to end", "repr": "representation",
    "init": "initialization", "reg": "regularization", "conv": "convolution", "convs": "convolutions",
    "ffn": "feed forward network", "ffnn": "feed forward network", "fnn": "feed forward network",
    "feedforward": "feed forward", "ff": "feed forward",
    "ce": "cross entropy", "xent": "cross entropy", "prev": "previous", "deriv": "derivative",
    "derivs": "derivatives", "nonlin": "nonlinear", "mem": "memory", "seq": "sequence", "seqs": "sequences",
    "img": "image", "imgs": "images", "pic": "picture", "pics": "pictures", "avg": "average",
    "var": "variance", "pred": "prediction", "preds": "predictions", "feats": "features",
    "iter": "iteration", "iters": "iterations", "bbox": "bounding box", "bboxes": "bounding boxes",
    "fwd": "forward", "bwd": "backward", "recon": "reconstruction", "orig": "original", "diff": "different",
    "optimiser": "optimizer",
    "bigger": "larger", "probs": "probabilities", "thru": "through", "till": "until",
}  # fmt: skip
_BECAUSE = ("becuase", "becasue", "beacuse", "becouse", "becaus")
# Slips in words that no rubric holds, and on which the clauses turn.
SLIPS = dict.fromkeys(_BECAUSE, "because") | {
    "teh": "the", "taht": "that", "wich": "which", "adn": "and", "jsut": "just", "thier": "their",
    "dosent": "does not", "doesent": "does not", "dosnt": "does not", "cna": "can", "tehn": "then",
    "wihtout": "without", "insted": "instead", "whith": "with", "wiht": "with",
}  # fmt: skip
# What looks like a denial of what follows, and is none; and what is one without looking like it.
SAYINGS = {
    "nothing but": "only", "can not help but": "always", "not limited to": "beyond",
    "more than one": "several", "yes no": "binary", "a few": "several",
    "not restricted to": "beyond", "not confined to": "beyond", "not above": "below",
    "not go above": "below", "never above": "below", "never goes above": "below",
    "not get above": "below", "not go beyond": "below", "never goes beyond": "below",
    "if i not mistaken": "presumably", "in case": "if",
    "never more than": "only", "no longer than": "within", "not more than": "only", "no more than": "only",
    "not until": "after", "none but": "only", "no other than": "only",
    "far from being": "not", "anything but": "not",
}  # fmt: skip
